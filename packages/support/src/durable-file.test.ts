import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { renameDurably, syncFile, syncFolder, writeDurably } from "./durable-file.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-durable-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("writes text and bytes, makes the folder, and leaves nothing beside", async () => {
  await writeDurably(join(folder, "a/b/text"), "one");
  await writeDurably(join(folder, "a/b/bytes"), Uint8Array.of(1, 2));
  expect(await readFile(join(folder, "a/b/text"), "utf8")).toBe("one");
  expect([...(await readFile(join(folder, "a/b/bytes")))]).toEqual([1, 2]);
  expect((await readdir(join(folder, "a/b"))).sort()).toEqual(["bytes", "text"]);
});

it("replaces what was there", async () => {
  await writeFile(join(folder, "a"), "before, and longer");
  await writeDurably(join(folder, "a"), "after");
  expect(await readFile(join(folder, "a"), "utf8")).toBe("after");
});

it("writes first where it is told to", async () => {
  // A folder is in the way: nothing but the temporary file can fail there.
  await mkdir(join(folder, "mine.tmp"));
  await expect(writeDurably(join(folder, "a"), "x", join(folder, "mine.tmp"))).rejects.toMatchObject({
    code: "EISDIR",
  });
});

it("leaves nothing of its own where it fails", async () => {
  await mkdir(join(folder, "taken/by-a-folder"), { recursive: true });
  await expect(writeDurably(join(folder, "taken"), "x")).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(await readdir(folder)).toEqual(["taken"]);
});

it("renames files that are on the disk, and folders", async () => {
  await writeFile(join(folder, "part"), "whole");
  await syncFile(join(folder, "part"));
  await renameDurably(join(folder, "part"), join(folder, "whole"));
  await mkdir(join(folder, "working"));
  await renameDurably(join(folder, "working"), join(folder, "done"));
  await syncFolder(folder);
  expect((await readdir(folder)).sort()).toEqual(["done", "whole"]);
});
