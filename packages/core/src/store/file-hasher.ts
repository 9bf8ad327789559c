import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { EosinError, type FileHasher } from "@eosin/plugin-api";
import { type FileStamp, stampOf, wasSettled } from "./file-stamp.js";
import { HashMemory } from "./hash-memory.js";
import { inParallel } from "./in-parallel.js";

export interface RememberingHasher extends FileHasher {
  /**
   * Tells the SHA-256 of a file that was just written and that nobody else writes to, so that it need not be read again
   * to say that it is there.
   */
  remember(path: string, sha256: string): Promise<void>;
}

export interface FileHashing {
  /** Reads every file once, whatever is remembered of it, and remembers it anew. */
  readonly anew?: boolean;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const statsAtOnce = 64;
const readsAtOnce = 4;
const streamFrom = 8 * 2 ** 20;

/** @param memoryFile Where digests are remembered between processes; without it only in this one. */
export function createFileHasher(
  memoryFile?: string,
  { anew = false, now = Date.now }: FileHashing = {},
): RememberingHasher {
  const memory = new HashMemory(memoryFile, anew);

  /** What changes while it is read, or changed a moment ago, is read again when it is asked for again. */
  async function hash(path: string, before: FileStamp): Promise<string> {
    const beganMs = now();
    const digest = await sha256OfFile(path, before.size);
    const after = await fileStamp(path);
    if (after.text === before.text && wasSettled(before, beganMs)) memory.set(path, before, digest);
    return digest;
  }

  return {
    async hashAll(paths) {
      const stamps = await inParallel(paths, statsAtOnce, fileStamp);
      const digests = paths.map((path, index) => memory.get(path, stamps[index]));
      const unknown = paths.map((_, index) => index).filter((index) => digests[index] === undefined);
      await inParallel(unknown, readsAtOnce, async (index) => {
        digests[index] = await hash(paths[index], stamps[index]);
      });
      memory.save();
      return digests as string[];
    },
    async remember(path, sha256) {
      memory.set(path, await fileStamp(path), sha256);
      memory.save();
    },
  };
}

/** @returns Lower-case hexadecimal. */
export async function sha256OfFile(path: string, size: number): Promise<string> {
  const hash = createHash("sha256");
  if (size < streamFrom) return hash.update(await readFile(path)).digest("hex");
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

async function fileStamp(path: string): Promise<FileStamp> {
  const found = await stampOf(path).catch((cause) => {
    throw missing(path, "nothing there", cause);
  });
  if (!found.isFile) throw missing(path, "a folder");
  return found;
}

function missing(path: string, found: string, cause?: unknown): EosinError {
  return new EosinError({
    code: "FILE_MISSING",
    message: `The file ${path} cannot be read.`,
    place: path,
    expected: "a file",
    found,
    next: "Correct the path, or restore the file.",
    cause,
  });
}
