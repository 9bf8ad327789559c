import { appendFileSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { createFileHasher } from "./file-hasher.js";
import { emptyFolder } from "./fixtures/empty-folder.js";

// Published test vector of SHA-256 (FIPS 180-4, "abc").
const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
let folder: string;
let memory: string;

beforeEach(() => {
  folder = emptyFolder();
  memory = join(folder, "cache/hashes.jsonl");
});

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe("the file hasher", () => {
  it("gives SHA-256 in the order asked", async () => {
    const [one, two] = await createFileHasher().hashAll([file("a", "abc"), file("b", "")]);
    expect([one, two]).toEqual([abc, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]);
  });

  it("remembers by path, size and time: a file with all three unchanged is not read again", async () => {
    const path = file("a", "abc");
    utimesSync(path, 1000, 1000);
    await createFileHasher(memory).hashAll([path]);
    file("a", "abd");
    utimesSync(path, 1000, 1000);
    expect(await createFileHasher(memory).hashAll([path])).toEqual([abc]);
    utimesSync(path, 1001, 1001);
    expect(await createFileHasher(memory).hashAll([path])).not.toEqual([abc]);
  });

  it("survives a line that a killed process left unfinished", async () => {
    const path = file("a", "abc");
    await createFileHasher(memory).hashAll([path]);
    appendFileSync(memory, '["/half a li');
    const other = file("b", "abc");
    await createFileHasher(memory).hashAll([path, other]);
    expect(readFileSync(memory, "utf8")).toContain(JSON.stringify(other));
    expect(await createFileHasher(memory).hashAll([path, other])).toEqual([abc, abc]);
  });

  it("works where nothing can be remembered", async () => {
    const blocked = file("not-a-folder", "");
    expect(await createFileHasher(join(blocked, "hashes")).hashAll([file("a", "abc")])).toEqual([abc]);
  });

  it("names a file that is missing, and a folder in its place", async () => {
    const absent = join(folder, "absent");
    await expect(createFileHasher().hashAll([absent])).rejects.toMatchObject({ code: "FILE_MISSING", place: absent });
    await expect(createFileHasher().hashAll([folder])).rejects.toMatchObject({
      code: "FILE_MISSING",
      found: "a folder",
    });
  });
});
