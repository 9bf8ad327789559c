import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { foundWithin, HashIndex } from "./hash-index.js";
import { hammingDistance } from "./perceptual-hash.js";

test("finds exactly the hashes that differ in 11 bits or fewer, each once", () => {
  const rng = createRng(1, "hashes");
  const word = () => Math.floor(rng.between(0, 2 ** 32));
  const seeds = Array.from({ length: 60 }, () => ({ high: word(), low: word() }));
  // Around each seed, hashes with 0…19 bits flipped.
  const hashes = seeds.flatMap(({ high, low }) =>
    Array.from({ length: 20 }, (_, flips) => {
      const words = [high, low];
      for (let i = 0; i < flips; i++) {
        const bit = Math.floor(rng.between(0, 64));
        words[bit >> 5] = (words[bit >> 5] ^ (1 << (bit & 31))) >>> 0;
      }
      return { high: words[0], low: words[1] };
    }),
  );
  const index = new HashIndex(hashes.length);
  hashes.forEach((hash, item) => {
    index.add(hash, item);
  });
  let found = 0;
  for (const wanted of seeds) {
    const near: number[] = [];
    index.forEachNear(wanted, (item) => near.push(item));
    const all = hashes.flatMap((hash, item) =>
      hammingDistance(wanted.high, wanted.low, hash.high, hash.low) <= foundWithin ? [item] : [],
    );
    expect(near.sort((a, b) => a - b)).toEqual(all);
    found += near.length;
  }
  expect(found).toBeGreaterThan(600);
  expect(found).toBeLessThan(1000);
});
