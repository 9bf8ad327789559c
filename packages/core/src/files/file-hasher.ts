import { EosinError, type FileHasher, type JsonValue, type KnownFile } from "@eosin/plugin-api";
import { inParallel } from "@eosin/support/in-parallel";
import { sha256Of, sha256OfFile, sha256OfFileSync } from "@eosin/support/sha256";
import { createBreather } from "./breather.js";
import { eachStamp, type FileStamp, type FoundStamp, foundSync, stampOf, wasSettled } from "./file-stamp.js";
import { HashMemory } from "./hash-memory.js";
import { WholeFiles } from "./whole-files.js";

type FactReader<Fact> = (path: string, whole?: Buffer) => Promise<Fact>;

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

const readsAtOnce = 4;
/** Where other threads read, as on a network's disk. */
const slowReadsAtOnce = 32;
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
    if (after.text === before.text && wasSettled(before, beganMs)) memory.set(path, before, { sha256: digest });
    return digest;
  }

  const buffers = new WholeFiles(readsAtOnce);

  async function fact<Fact extends JsonValue>(
    kind: string,
    path: string,
    read: FactReader<Fact>,
    { before, isQuick }: { readonly before: FoundStamp | undefined; readonly isQuick: boolean },
  ): Promise<KnownFile<Fact>> {
    if (!before?.isFile) {
      // The reader has better words for what is not a file.
      await read(path);
      throw missing(path, before ? "a folder" : "nothing there");
    }
    const beganMs = now();
    const { size } = before;
    const [found, sha256] = await buffers.use(path, isQuick ? size : undefined, async (whole) => {
      const said = await read(path, whole);
      return [said, whole ? sha256Of(whole) : await sha256OfFile(path, { size })] as const;
    });
    const after = await askAgain(path, isQuick);
    if (before.text === after?.text && wasSettled(before, beganMs)) {
      memory.set(path, before, { sha256, said: { kind, fact: found } });
    }
    return { sha256, size, fact: found };
  }

  function known<Fact extends JsonValue>(
    kind: string,
    path: string,
    stamp: FileStamp | undefined,
  ): PromiseSettledResult<KnownFile<Fact>> | undefined {
    const found = stamp && memory.factOf(kind, path, stamp);
    if (stamp === undefined || found === undefined) return undefined;
    const value = { sha256: found.sha256, size: stamp.size, fact: found.fact as Fact };
    return { status: "fulfilled", value };
  }

  return {
    async factsOf<Fact extends JsonValue>(kind: string, paths: readonly string[], read: FactReader<Fact>) {
      const found: (PromiseSettledResult<KnownFile<Fact>> | undefined)[] = new Array(paths.length);
      const unknown: { readonly index: number; readonly before: FoundStamp | undefined }[] = [];
      const isQuick = await eachStamp(paths, (before, index) => {
        found[index] = known<Fact>(kind, paths[index], before);
        if (found[index] === undefined) unknown.push({ index, before });
      });
      const breathe = createBreather();
      await inParallel(unknown, isQuick ? readsAtOnce : slowReadsAtOnce, async ({ index, before }) => {
        [found[index]] = await Promise.allSettled([fact(kind, paths[index], read, { before, isQuick })]);
        await breathe();
      });
      memory.save();
      return found as PromiseSettledResult<KnownFile<Fact>>[];
    },
    async hashAll(paths) {
      const digests: (string | undefined)[] = new Array(paths.length);
      const unknown: { readonly index: number; readonly before: FileStamp }[] = [];
      const isQuick = await eachStamp(paths, (found, index) => {
        const before = requireFile(paths[index], found);
        digests[index] = memory.digestOf(paths[index], before);
        if (digests[index] === undefined) unknown.push({ index, before });
      });
      const breathe = createBreather();
      await inParallel(unknown, readsAtOnce, async ({ index, before }) => {
        digests[index] = await hash(paths[index], before, isQuick);
        await breathe();
      });
      memory.save();
      return digests as string[];
    },
    hide: (texts) => memory.hide(texts),
    async remember(path, sha256) {
      memory.set(path, await fileStamp(path), { sha256 });
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
