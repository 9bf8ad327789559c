import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { EosinError, type FileHasher } from "@eosin/plugin-api";
import { HashMemory } from "./hash-memory.js";
import { inParallel } from "./in-parallel.js";

export interface RememberingHasher extends FileHasher {
  /** Tells the SHA-256 of a file that was just written, so that it need not be read again. */
  remember(path: string, sha256: string): Promise<void>;
}

const statsAtOnce = 64;
const readsAtOnce = 4;
const streamFrom = 8 * 2 ** 20;

/** @param memoryFile Where digests are remembered between processes; without it only in this one. */
export function createFileHasher(memoryFile?: string): RememberingHasher {
  const memory = new HashMemory(memoryFile);
  return {
    async hashAll(paths) {
      const stats = await inParallel(paths, statsAtOnce, statOf);
      const digests = paths.map((path, index) => memory.get(path, stats[index]));
      const unknown = paths.map((_, index) => index).filter((index) => digests[index] === undefined);
      await inParallel(unknown, readsAtOnce, async (index) => {
        const digest = await sha256OfFile(paths[index], stats[index].size);
        digests[index] = digest;
        memory.set(paths[index], stats[index], digest);
      });
      memory.save();
      return digests as string[];
    },
    async remember(path, sha256) {
      memory.set(path, await statOf(path), sha256);
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

async function statOf(path: string): Promise<{ size: number; mtimeMs: number }> {
  const found = await stat(path).catch((cause) => {
    throw missing(path, "nothing there", cause);
  });
  if (!found.isFile()) throw missing(path, "a folder");
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
