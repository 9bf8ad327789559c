import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256OfFile, sha256OfFileSync } from "./sha256.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-sha256-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each([0, 1, 2 ** 20 - 1, 2 ** 20, 3 * 2 ** 20 + 7])("of a file of %d bytes", (size) => {
  it("is that of its content, however it is read", async () => {
    const content = Buffer.alloc(size, "stain matrix, ");
    const path = join(folder, String(size));
    await writeFile(path, content);
    const expected = createHash("sha256").update(content).digest("hex");
    expect(await sha256OfFile(path)).toBe(expected);
    expect(await sha256OfFile(path, { size })).toBe(expected);
    expect(sha256OfFileSync(path)).toBe(expected);
  });
});

it("is lower-case hexadecimal", async () => {
  await writeFile(join(folder, "abc"), "abc");
  expect(sha256OfFileSync(join(folder, "abc"))).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

it("of what cannot be read is the file system's error", async () => {
  for (const [path, code] of [
    [join(folder, "absent"), "ENOENT"],
    [folder, "EISDIR"],
  ]) {
    await expect(sha256OfFile(path)).rejects.toMatchObject({ code });
    await expect(sha256OfFile(path, { size: 1 })).rejects.toMatchObject({ code });
    expect(() => sha256OfFileSync(path)).toThrow(expect.objectContaining({ code }));
  }
});

it("ends where it is aborted", async () => {
  await writeFile(join(folder, "long"), Buffer.alloc(2 ** 20));
  const signal = AbortSignal.abort();
  await expect(sha256OfFile(join(folder, "long"), { signal })).rejects.toMatchObject({ name: "AbortError" });
});
