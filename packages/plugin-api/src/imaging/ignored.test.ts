import { describe, expect, it } from "vitest";
import { IGNORED, separateIgnored } from "./ignored.js";

describe("ignored pixels of a mask", () => {
  it.each([1, 2, 3, 4, 5, 8, 11])("are taken out of %d, wherever they are in memory", (length) => {
    const memory = Uint8Array.from({ length: 16 }, (_, i) => [255, 0, 1, 1, 255, 127, 255, 2][i % 8]);
    for (let from = 0; from + length <= memory.length; from++) {
      const given = memory.subarray(from, from + length);
      const before = given.slice();
      const { mask, valid } = separateIgnored(given);
      expect(given).toEqual(before);
      expect([...mask]).toEqual([...given].map((label) => (label === IGNORED ? 0 : label)));
      if (given.includes(IGNORED)) expect([...valid!]).toEqual([...given].map((label) => Number(label !== IGNORED)));
      else expect(valid).toBeUndefined();
    }
  });

  it("are found in memory that threads share; without any the mask is the same array", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(8), 1, 6);
    expect(separateIgnored(shared)).toEqual({ mask: shared });
    expect(separateIgnored(shared).mask).toBe(shared);
    shared[5] = IGNORED;
    expect([...separateIgnored(shared).valid!]).toEqual([1, 1, 1, 1, 1, 0]);
  });
});
