import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./installing.test-support.js";
import { unzip } from "./unzip.js";
import { zip } from "./zip.test-support.js";

const files = { "a/deflated": "one, two, three, ".repeat(1000), "a/stored": "as it is", "b/": "" };

/** @returns The folder, and what was told of the progress. */
async function unpack(archive: Buffer, signal = new AbortController().signal) {
  const folder = temporaryFolder();
  const path = join(folder, "archive.zip");
  writeFileSync(path, archive);
  const told: string[] = [];
  const target = join(folder, "target");
  await unzip(path, target, { signal, onProgress: (done, total) => told.push(`${done}/${total}`) });
  return { read: (name: string) => readFileSync(join(target, name), "utf8"), told };
}

describe("unpacking", () => {
  it.each([false, true])("brings every file back (ZIP64: %s)", async (zip64) => {
    const { read, told } = await unpack(zip(files, { zip64 }));
    expect([read("a/deflated"), read("a/stored")]).toEqual([files["a/deflated"], files["a/stored"]]);
    expect(told).toEqual(["17000/17008", "17008/17008"]);
  });

  it.each([
    ["stored", "as it is", "as it was"],
    ["deflated", undefined, undefined],
  ])("refuses a file whose content changed (%s)", async (name, from, to) => {
    const archive = zip(files);
    const at = from === undefined ? archive.indexOf("a/deflated") + "a/deflated".length + 20 : archive.indexOf(from);
    if (to === undefined) archive[at] ^= 0x10;
    else archive.write(to.slice(0, 8), at);
    await expect(unpack(archive)).rejects.toThrow(name === "stored" ? "a/stored is damaged" : Error);
  });

  it("refuses what is not an archive, is cut, or would write elsewhere", async () => {
    await expect(unpack(Buffer.from("no archive at all, and no short one either"))).rejects.toThrow("not a zip file");
    await expect(unpack(zip(files).subarray(0, -30))).rejects.toThrow("not a zip file");
    for (const name of ["../outside", "a/../../outside", "/outside", "C:/outside"]) {
      await expect(unpack(zip({ [name]: "a" }))).rejects.toThrow(/invalid relative path|absolute path/);
    }
  });

  it("ends where it is aborted, with the signal's reason", async () => {
    const reason = new Error("the user left");
    await expect(unpack(zip(files), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
