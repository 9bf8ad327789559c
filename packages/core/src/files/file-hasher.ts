import { EosinError, type FileHasher, type JsonValue } from "@eosin/plugin-api";
import { inParallel } from "@eosin/support/in-parallel";
import { sha256OfFile, sha256OfFileSync } from "@eosin/support/sha256";
import { createBreather } from "./breather.js";
import { type FileStamp, type FoundStamp, foundSync, stampOf, stampsOf, wasSettled } from "./file-stamp.js";
import { HashMemory } from "./hash-memory.js";

export interface RememberingHasher extends FileHasher {
  /**
   * Tells the SHA-256 of a file that was just written and that nobody else writes to, so that it need not be read again
   * to say that it is there.
   */
  remember(path: string, sha256: string): Promise<void>;
  /** Files whose path holds one of these texts are remembered in this process alone. @param texts Secret values. */
  hide(texts: readonly string[]): void;
}

export interface FileHashing {
  /** Reads every file once, whatever is remembered of it, and remembers what it finds. */
  readonly rehash?: boolean;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const factsAtOnce = 32;
const readsAtOnce = 4;
/** Bytes: on a disk that answers fast, smaller files are read on this thread. */
const shortBelow = 8 * 2 ** 20;

/** @param memoryFile Where digests are remembered between processes; without it only in this one. */
export function createFileHasher(
  memoryFile?: string,
  { rehash = false, now = Date.now }: FileHashing = {},
): RememberingHasher {
  const memory = new HashMemory(memoryFile, rehash);

  /** What changes while it is read, or changed a moment ago, is read again when it is asked for again. */
  async function hash(path: string, before: FileStamp, isQuick: boolean): Promise<string> {
    const beganMs = now();
    const isShort = isQuick && before.size < shortBelow;
    const hashing = isShort ? (async () => sha256OfFileSync(path))() : sha256OfFile(path, { size: before.size });
    const digest = await hashing.catch((cause: NodeJS.ErrnoException) => {
      throw cause.syscall === undefined ? cause : unreadable(path, cause);
    });
    const after = requireFile(path, await askAgain(path, isQuick));
    if (after.text === before.text && wasSettled(before, beganMs)) memory.set(path, before, digest);
    return digest;
  }

  async function fact(
    key: string,
    path: string,
    read: (path: string) => Promise<JsonValue>,
    isQuick: boolean,
  ): Promise<JsonValue> {
    const before = await askAgain(path, isQuick);
    const beganMs = now();
    const found = await read(path);
    // A file that cannot be asked for its times was not read either: `read` has thrown.
    const after = await askAgain(path, isQuick);
    const isSame = before !== undefined && before.text === after?.text;
    if (isSame && wasSettled(before, beganMs)) memory.set(key, before, JSON.stringify(found));
    return found;
  }

  /** Headers of a scanner's pictures are mostly the same: each text is read once. */
  const facts = new Map<string, PromiseSettledResult<JsonValue>>();

  function known(key: string, stamp: FileStamp | undefined): PromiseSettledResult<JsonValue> | undefined {
    const text = stamp && memory.get(key, stamp);
    if (text === undefined) return undefined;
    const before = facts.get(text);
    if (before !== undefined) return before;
    const value: PromiseSettledResult<JsonValue> = { status: "fulfilled", value: JSON.parse(text) as JsonValue };
    facts.set(text, value);
    return value;
  }

  return {
    async factsOf(kind, paths, read) {
      const { stamps, isQuick } = await stampsOf(paths);
      const breathe = createBreather();
      const keys = paths.map((path) => `${kind}\n${path}`);
      const found = keys.map((key, index) => known(key, stamps[index]));
      const unknown = paths.map((_, index) => index).filter((index) => found[index] === undefined);
      await inParallel(unknown, factsAtOnce, async (index) => {
        [found[index]] = await Promise.allSettled([fact(keys[index], paths[index], read, isQuick)]);
        await breathe();
      });
      memory.save();
      return found as PromiseSettledResult<JsonValue>[];
    },
    async hashAll(paths) {
      const { stamps: found, isQuick } = await stampsOf(paths);
      const stamps = found.map((stamp, index) => requireFile(paths[index], stamp));
      const breathe = createBreather();
      const digests = paths.map((path, index) => memory.get(path, stamps[index]));
      const unknown = paths.map((_, index) => index).filter((index) => digests[index] === undefined);
      await inParallel(unknown, readsAtOnce, async (index) => {
        digests[index] = await hash(paths[index], stamps[index], isQuick);
        await breathe();
      });
      memory.save();
      return digests as string[];
    },
    hide: (texts) => memory.hide(texts),
    async remember(path, sha256) {
      memory.set(path, await fileStamp(path), sha256);
      memory.save();
    },
  };
}

async function askAgain(path: string, isQuick: boolean): Promise<FoundStamp | undefined> {
  return isQuick ? foundSync(path) : stampOf(path).catch(() => undefined);
}

async function fileStamp(path: string): Promise<FileStamp> {
  return requireFile(path, await stampOf(path).catch(() => undefined));
}

function requireFile(path: string, found: FoundStamp | undefined): FileStamp {
  if (found === undefined) throw missing(path, "nothing there");
  if (!found.isFile) throw missing(path, "a folder");
  return found;
}

function unreadable(path: string, cause: NodeJS.ErrnoException): EosinError {
  const denied = cause.code === "EACCES" || cause.code === "EPERM";
  return new EosinError({
    code: "FILE_UNREADABLE",
    message: denied ? `This user may not read the file ${path}.` : `The file ${path} cannot be read.`,
    place: path,
    expected: denied ? "the right to read it" : "a file that can be read",
    found: denied ? "permission denied" : cause.message,
    next: denied ? `chmod +r ${path}` : "Restore the file, or name another one.",
    cause,
  });
}

function missing(path: string, found: string): EosinError {
  return new EosinError({
    code: "FILE_MISSING",
    message: `The file ${path} cannot be read.`,
    place: path,
    expected: "a file",
    found,
    next: "Correct the path, or restore the file.",
  });
}
