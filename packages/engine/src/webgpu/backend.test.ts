import type { Tf } from "@eosin/plugin-api/learning";
import { describe, expect, it } from "vitest";
import { mendReads, type WebgpuBackend } from "./backend.js";

const tensor = {};

function corrected() {
  let references = 1;
  let report: (event: { error: { message: string } }) => void = () => {};
  const removed: object[] = [];
  const backend: WebgpuBackend = {
    async read() {
      await Promise.resolve();
      if (references === 0) throw new Error("freed while it was read");
      return [1];
    },
    readSync: () => [2],
    incRef: () => references++,
    disposeData: () => --references === 0,
    tensorMap: { get: () => ({}) },
  };
  const tf = { engine: () => ({ removeDataId: (id: object) => removed.push(id) }) } as unknown as Tf;
  mendReads(tf, backend, {
    lost: new Promise(() => {}),
    addEventListener: (_, listener) => {
      report = listener;
    },
  });
  return { backend, removed, fail: (message: string) => report({ error: { message } }) };
}

describe("reading from the GPU", () => {
  it("lets a tensor be freed meanwhile", async () => {
    const { backend, removed } = corrected();
    const values = backend.read(tensor);
    expect(backend.disposeData(tensor)).toBe(false);
    expect(await values).toEqual([1]);
    expect(removed).toEqual([tensor]);
  });

  it("keeps a tensor that nobody frees", async () => {
    const { backend, removed } = corrected();
    await backend.read(tensor);
    expect(removed).toEqual([]);
  });

  it("reports what went wrong on the GPU before", async () => {
    const { backend, fail } = corrected();
    fail("Out of memory");
    await expect(backend.read(tensor)).rejects.toMatchObject({
      code: "ENGINE_FAILED",
      message: expect.stringContaining("Out of memory"),
    });
  });

  it("is refused at once where the values are not on the host", () => {
    expect(() => corrected().backend.readSync(tensor)).toThrowError(
      expect.objectContaining({ code: "ENGINE_READS_LATER" }),
    );
  });
});
