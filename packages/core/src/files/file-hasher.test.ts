import { appendFileSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { emptyFolder } from "../store/fixtures/empty-folder.js";
import { createFileHasher } from "./file-hasher.js";

// Published test vector of SHA-256 (FIPS 180-4, "abc").
const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/** What a digest is replaced by in the memory: who gives it did not read the file. */
const fake = "0".repeat(64);
/** A clock by which files that were just written are at rest. */
const later = { now: () => Date.now() + 60_000 };
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

/** Hashes the file in one process, and lets the memory hold another digest for the next one. */
async function rememberFake(path: string, how = later): Promise<void> {
  const [digest] = await createFileHasher(memory, how).hashAll([path]);
  writeFileSync(memory, remembered().replaceAll(digest, fake));
}

function remembered(): string {
  try {
    return readFileSync(memory, "utf8");
  } catch {
    return "";
  }
}

describe("the file hasher", () => {
  it("gives SHA-256 in the order asked", async () => {
    const [one, two] = await createFileHasher().hashAll([file("a", "abc"), file("b", "")]);
    expect([one, two]).toEqual([abc, empty]);
  });

  it("does not read again what did not change", async () => {
    const path = file("a", "abc");
    await rememberFake(path);
    expect(await createFileHasher(memory).hashAll([path])).toEqual([fake]);
  });

  it("keeps no path on disk that is to be hidden, whatever it knows of the file", async () => {
    const [open, hidden] = [file("a", "abc"), file("b-s3cret", "abc")];
    const hasher = createFileHasher(memory, later);
    hasher.hide(["s3cret"]);
    expect(await hasher.hashAll([open, hidden])).toEqual([abc, abc]);
    await hasher.factsOf!("length", [open, hidden], async () => 3);
    expect(remembered().match(/\bsha|"length/g) ?? []).toHaveLength(1);
    expect(remembered()).not.toContain("s3cret");
  });

  it("notices other content of the same size, with the time of modification set back", async () => {
    const path = file("a", "abd");
    utimesSync(path, 1000, 1000);
    await rememberFake(path);
    file("a", "abc");
    utimesSync(path, 1000, 1000);
    expect(await createFileHasher(memory).hashAll([path])).toEqual([abc]);
  });

  it("notices two files of one size and time that were swapped by renaming", async () => {
    const paths = [file("a", "abc"), file("b", "abd")];
    for (const path of paths) utimesSync(path, 1000, 1000);
    const before = await createFileHasher(memory, later).hashAll(paths);
    renameSync(paths[0], join(folder, "aside"));
    renameSync(paths[1], paths[0]);
    renameSync(join(folder, "aside"), paths[1]);
    expect(statSync(paths[0]).mtimeMs).toBe(1_000_000);
    expect(await createFileHasher(memory, later).hashAll(paths)).toEqual([before[1], before[0]]);
  });

  it.each([0, 1999])(
    "does not remember a file that changed %i ms before it was read: it may go on to change",
    async (ms) => {
      const path = file("a", "abc");
      const changed = Math.floor(statSync(path).ctimeMs);
      const hasher = createFileHasher(memory, { now: () => changed + ms });
      expect(await hasher.hashAll([path])).toEqual([abc]);
      expect(remembered()).not.toContain(abc);
    },
  );

  it("does not remember a file that is dated in the future", async () => {
    const path = file("a", "abc");
    utimesSync(path, Date.now() / 1000 + 3600, Date.now() / 1000 + 3600);
    await createFileHasher(memory, later).hashAll([path]);
    expect(remembered()).not.toContain(abc);
  });

  it("asked to hash again, trusts nothing that is remembered and remembers the new", async () => {
    const path = file("a", "abc");
    await rememberFake(path);
    expect(await createFileHasher(memory, { ...later, rehash: true }).hashAll([path])).toEqual([abc]);
    expect(await createFileHasher(memory).hashAll([path])).toEqual([abc]);
  });

  it("makes nothing of lines of an earlier version", async () => {
    const path = file("a", "abc");
    await createFileHasher(memory, later).hashAll([file("b", "")]);
    const { size, mtimeMs } = statSync(path);
    appendFileSync(memory, `${JSON.stringify([path, size, mtimeMs, fake])}\n`);
    expect(await createFileHasher(memory).hashAll([path])).toEqual([abc]);
  });

  it("survives a line that a killed process left unfinished", async () => {
    const path = file("a", "abc");
    await createFileHasher(memory, later).hashAll([path]);
    appendFileSync(memory, '["/half a li');
    const other = file("b", "abc");
    await createFileHasher(memory, later).hashAll([path, other]);
    expect(remembered()).toContain(JSON.stringify(other));
    await rememberFake(other);
    expect(await createFileHasher(memory).hashAll([path, other])).toEqual([fake, fake]);
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

  describe("asked what a reader says of files", () => {
    let files: string[];
    let reads: (string | undefined)[];
    beforeEach(() => {
      files = [file("a", "abc"), file("b", "abd")];
      reads = [];
    });
    const read = async (path: string, whole?: Buffer) => {
      reads.push(whole?.toString());
      if (path.endsWith("b")) throw new Error("no header");
      return { length: readFileSync(path).length };
    };
    const ask = (kind = "length 1") => createFileHasher(memory, later).factsOf!(kind, files, read);

    it("remembers that with the digest, past faults, until the files change", async () => {
      const [first, fault] = await ask();
      expect(first).toEqual({ status: "fulfilled", value: { sha256: abc, size: 3, fact: { length: 3 } } });
      expect(fault).toMatchObject({ status: "rejected", reason: { message: "no header" } });
      expect(await ask()).toMatchObject([first, { status: "rejected" }]);
      expect(reads).toHaveLength(3);
      file("a", "");
      expect((await ask())[0]).toEqual({
        status: "fulfilled",
        value: { sha256: empty, size: 0, fact: { length: 0 } },
      });
      await ask("length 2");
      expect(reads).toHaveLength(7);
    });

    it("hands it the content of each small file, and of none that is larger", async () => {
      files.push(file("c", "x".repeat(2 ** 20)), file("d", ""));
      const found = await ask();
      expect([...reads].sort()).toEqual(["", "abc", "abd", undefined]);
      const [digest] = await createFileHasher().hashAll([files[2]]);
      expect(found[2]).toMatchObject({ value: { sha256: digest, size: 2 ** 20, fact: { length: 2 ** 20 } } });
    });

    it("remembers one fact for all files of which it says the same", async () => {
      files = ["e", "f", "g"].map((name) => file(name, name));
      await ask();
      expect(remembered().match(/"length":1/g)).toHaveLength(1);
      expect(await ask()).toMatchObject(files.map(() => ({ value: { fact: { length: 1 } } })));
      expect(reads).toHaveLength(3);
    });

    it("reads again where the line of the fact is lost", async () => {
      await ask();
      writeFileSync(memory, remembered().replace(/^.*\{"length":3\}\]$/m, ""));
      expect((await ask())[0]).toMatchObject({ value: { sha256: abc, fact: { length: 3 } } });
      expect(reads).toHaveLength(4);
    });

    it("leaves words for what is not a file to the reader", async () => {
      files = [join(folder, "absent"), folder];
      const outcome = await createFileHasher(memory, later).factsOf!("kind", files, async (path) => {
        throw new Error(`cannot read ${path}`);
      });
      expect(outcome.map((each) => each.status === "rejected" && (each.reason as Error).message)).toEqual(
        files.map((path) => `cannot read ${path}`),
      );
      const kinder = await createFileHasher(memory, later).factsOf!("kind", files, async () => "said");
      expect(kinder).toMatchObject(files.map(() => ({ reason: { code: "FILE_MISSING" } })));
    });
  });

  it("remembers what counts when many lines of files that are gone, or changed, are left out", async () => {
    const path = file("a", "abc");
    await createFileHasher(memory, later).factsOf!("kind", [path], async () => ({ said: 1 }));
    await createFileHasher(memory, later).hashAll([path]);
    const before = remembered();
    appendFileSync(memory, `${before.trim().split("\n")[1]}\n`.repeat(1100));
    const again = createFileHasher(memory, later);
    await again.hashAll([path]);
    expect(remembered().trim().split("\n")).toHaveLength(3);
    const [known] = await createFileHasher(memory, later).factsOf!("kind", [path], () => expect.fail("read again"));
    expect(known).toMatchObject({ value: { sha256: abc, fact: { said: 1 } } });
  });
});
