import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { emptyFolder } from "./fixtures/empty-folder.js";
import { flipBit } from "./fixtures/flip-bit.js";
import type { ArtifactOrigin } from "./manifest.js";
import { openStore, type Store, type StoredArtifact } from "./store.js";

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = emptyFolder();
  store = await openStore(folder);
  await put("a", { "weights.bin": "weights", "log.txt": "log" });
  await put("b", { "copy.bin": "weights" });
  // Another process, as far as what was read goes.
  store = await openStore(folder);
});

async function put(digit: string, blobs: Record<string, string>): Promise<void> {
  const origin: ArtifactOrigin = {
    fingerprint: digit.repeat(64),
    step: "train",
    instance: `train[${digit}]`,
    axes: {},
    uses: "toy/write",
    produces: "text",
    parts: { contract: "0.1.0", planVersion: 1, component: "toy/write", plugins: {}, options: {}, seed: 1 },
  };
  const writer = await store.writer(origin);
  for (const [name, data] of Object.entries(blobs)) await writer.write(name, data);
  await writer.commit({ digit });
}

const read = (digit: string): Promise<StoredArtifact> => store.read(digit.repeat(64));

/** Where the bytes are, without a look at them. */
function blobFile(text: string): string {
  const blobs = join(folder, "blobs");
  const files = readdirSync(blobs, { recursive: true, encoding: "utf8" }).filter((name) => name.length > 64);
  return join(blobs, files.find((name) => readFileSync(join(blobs, name), "utf8") === text)!);
}

describe("a blob that a disk damaged without a trace", () => {
  it.each([0, 3, 6])("at byte %i is found when it is opened, named, and moved aside", async (at) => {
    const file = blobFile("weights");
    flipBit(folder, file, at);
    const artifact = await read("a");
    expect(() => artifact.blobPath("weights.bin")).toThrow(
      expect.objectContaining({
        code: "STORE_DAMAGED",
        message: "The blob weights.bin of train[a] is damaged: its bytes are not those that were written.",
        next: expect.stringContaining("pipe run"),
      }),
    );
    expect(existsSync(file)).toBe(false);
    expect(await store.check("a".repeat(64))).toMatchObject({
      state: "corrupt",
      reason: expect.stringContaining("weights.bin"),
    });
    expect(await store.check("b".repeat(64))).toMatchObject({ state: "corrupt" });
    await put("a", { "weights.bin": "weights", "log.txt": "log" });
    expect(readFileSync((await read("b")).blobPath("copy.bin"), "utf8")).toBe("weights");
  });

  it("does not stand in the way of the others", async () => {
    flipBit(folder, blobFile("weights"));
    expect(readFileSync((await read("a")).blobPath("log.txt"), "utf8")).toBe("log");
  });

  it("is found although it was whole when this process opened it before", async () => {
    const artifact = await read("a");
    artifact.blobPath("weights.bin");
    flipBit(folder, blobFile("weights"));
    expect(() => artifact.blobPath("weights.bin")).toThrow(expect.objectContaining({ code: "STORE_DAMAGED" }));
  });

  it("that is gone by then is one clear error, too", async () => {
    const artifact = await read("a");
    rmSync(blobFile("weights"));
    expect(() => artifact.blobPath("weights.bin")).toThrow(
      expect.objectContaining({ code: "STORE_DAMAGED", found: "nothing there" }),
    );
  });
});

describe("verifying", () => {
  it("reads everything and finds nothing in a whole store", async () => {
    const seen: number[] = [];
    const result = await store.verify(({ done, total }) => seen.push(done / total));
    expect(result).toEqual({ outputs: 2, blobs: 2, bytes: 10, damaged: [] });
    expect(seen.at(-1)).toBe(1);
  });

  it("finds flipped bits, missing blobs and altered manifests, and moves them aside", async () => {
    const flipped = blobFile("weights");
    const missing = blobFile("log");
    const manifest = join(folder, "artifacts/bb", `${"b".repeat(64)}.json`);
    flipBit(folder, flipped);
    rmSync(missing);
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace('"seed": 1', '"seed": 2'));
    const { damaged } = await store.verify();
    expect(damaged).toHaveLength(3);
    expect(damaged).toContainEqual({
      file: manifest,
      reason: "it is not as it was written",
      aside: join(folder, "damaged", `${"b".repeat(64)}.json`),
      outputs: [{ fingerprint: "b".repeat(64) }],
    });
    expect(damaged).toContainEqual({
      file: flipped,
      reason: "its bytes are not those that were written",
      aside: expect.stringContaining(join(folder, "damaged")),
      outputs: [{ fingerprint: "a".repeat(64), instance: "train[a]", blob: "weights.bin" }],
    });
    expect(damaged).toContainEqual({
      file: missing,
      reason: "it is missing",
      outputs: [{ fingerprint: "a".repeat(64), instance: "train[a]", blob: "log.txt" }],
    });
    expect(await store.check("a".repeat(64))).toMatchObject({ state: "corrupt" });
    expect(await store.check("b".repeat(64))).toEqual({ state: "missing" });
    await put("a", { "weights.bin": "weights", "log.txt": "log" });
    await put("b", { "copy.bin": "weights" });
    expect(await store.verify()).toMatchObject({ outputs: 2, blobs: 2, damaged: [] });
  });

  it("finds damage in a blob that nothing refers to", async () => {
    flipBit(folder, blobFile("weights"));
    for (const digit of ["a", "b"]) await store.remove(digit.repeat(64));
    expect((await store.verify()).damaged).toMatchObject([{ outputs: [] }]);
  });
});

describe("clean", () => {
  it("removes what was set aside", async () => {
    flipBit(folder, blobFile("weights"));
    await store.verify();
    await store.clean({ runsFolder: join(folder, "runs"), keepRuns: 1 });
    expect(existsSync(join(folder, "damaged"))).toBe(false);
  });
});
