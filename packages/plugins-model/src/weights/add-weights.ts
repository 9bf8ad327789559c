import { copyFile, mkdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import { renameDurably, syncFile } from "@eosin/support/durable-file";
import { sha256OfFile } from "@eosin/support/sha256";
import { temporaryBeside } from "@eosin/support/temporary-file";
import { weightsFolder } from "./fetch-weights.js";
import { type PublishedWeights, publishedWeights } from "./published-weights.js";
import { unreadableWeights } from "./unreadable-weights.js";

export interface AddOptions {
  /** Where the file goes; `weightsFolder()` unless given. */
  readonly folder?: string;
  /** What is known; the published encoders unless given. */
  readonly from?: ReadonlyMap<string, PublishedWeights>;
}

/**
 * Copies a published weight file to where `fetchWeights` would put it, told by its SHA-256 whatever it is called.
 * @returns The encoder's name, and the file's new path.
 * @throws EosinError `WEIGHTS_NOT_FOUND`, `WEIGHTS_UNKNOWN` where no published file has this checksum.
 * @example
 * ```ts
 * import { addWeights } from "@eosin/plugins-model/weights";
 *
 * const { name, path } = await addWeights("downloads/efficientnet-lite0-57934424.pth");
 * ```
 */
export async function addWeights(file: string, options: AddOptions = {}): Promise<{ name: string; path: string }> {
  const from = options.from ?? publishedWeights;
  const sha256 = await checksumOf(file);
  const known = [...from].find(([, { sha256Start }]) => sha256.startsWith(sha256Start));
  if (!known) throw unknown(file, sha256, from);
  const [name, published] = known;
  const folder = options.folder ?? weightsFolder();
  const path = join(folder, published.file);
  if (resolve(file) === resolve(path)) return { name, path };
  await mkdir(folder, { recursive: true });
  const temporary = temporaryBeside(path);
  try {
    await copyFile(file, temporary);
    // Somebody may still have been writing into it.
    const copied = await sha256OfFile(temporary);
    if (copied !== sha256) throw unknown(file, copied, from);
    await syncFile(temporary);
    await renameDurably(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  return { name, path };
}

async function checksumOf(file: string): Promise<string> {
  try {
    // Opening a pipe would wait for somebody to write into it.
    if (!(await stat(file)).isFile()) throw Object.assign(new Error("no file"), { code: "no regular file" });
    return await sha256OfFile(file);
  } catch (cause) {
    throw unreadableWeights(file, cause);
  }
}

function unknown(file: string, sha256: string, from: ReadonlyMap<string, PublishedWeights>): EosinError {
  const known = [...from].map(([name, { sha256Start }]) => `${name} (${sha256Start.slice(0, 8)}…)`);
  return new EosinError({
    code: "WEIGHTS_UNKNOWN",
    message: "The file is none of the published weight files that are known.",
    place: file,
    expected: `the SHA-256 of one of ${known.join(", ")}`,
    found: `SHA-256 ${sha256}`,
    next: "Get the published file again, or name this one in the network's option weights.",
  });
}
