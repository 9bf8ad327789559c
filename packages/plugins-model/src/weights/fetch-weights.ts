import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { EosinError, nearestName } from "@eosin/plugin-api";
import { download } from "./download.js";
import { type PublishedWeights, publishedWeights } from "./published-weights.js";

export interface FetchOptions {
  /** Where the file goes; `weightsFolder()` unless given. */
  readonly folder?: string;
  /** Bytes so far and, where the server says, altogether. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
  /** What may be fetched; the published EfficientNets unless given. */
  readonly from?: ReadonlyMap<string, PublishedWeights>;
  readonly signal?: AbortSignal;
}

/** `$EOSIN_CACHE/weights`, else `~/.cache/eosin/weights`. */
export function weightsFolder(): string {
  return join(process.env.EOSIN_CACHE || join(homedir(), ".cache", "eosin"), "weights");
}

/**
 * Downloads published weights, or finds them where they were downloaded before. A download that was cut continues
 * from its `.part` file.
 * @param name e.g. `efficientnet-b7`.
 * @returns The file's path; its checksum was right.
 * @throws EosinError `WEIGHTS_UNKNOWN`, `DOWNLOAD_FAILED` (what came is kept), `CHECKSUM_MISMATCH` (what came is deleted).
 */
export async function fetchWeights(name: string, options: FetchOptions = {}): Promise<string> {
  const from = options.from ?? publishedWeights;
  const published = from.get(name);
  if (!published) {
    throw new EosinError({
      code: "WEIGHTS_UNKNOWN",
      message: `No published weights are called ${name}.`,
      expected: [...from.keys()].join(", "),
      didYouMean: nearestName(name, from.keys()),
    });
  }
  const folder = options.folder ?? weightsFolder();
  const path = join(folder, published.file);
  const part = `${path}.part`;
  await mkdir(folder, { recursive: true });
  if (await exists(path)) {
    await checkSum(path, published, "Delete the file and fetch it again.");
    return path;
  }
  try {
    await download(published.url, part, options);
  } catch (cause) {
    throw new EosinError({
      code: "DOWNLOAD_FAILED",
      message: `${published.file} could not be downloaded.`,
      place: published.url,
      found: reason(cause),
      next: `Run the command again to continue, or fetch the file on another machine and put it at ${path}`,
      cause,
    });
  }
  try {
    await checkSum(part, published, "Run the command again.");
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await rename(part, path);
  return path;
}

async function checkSum(path: string, published: PublishedWeights, next: string): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const digest = hash.digest("hex");
  if (digest.startsWith(published.sha256Start)) return;
  throw new EosinError({
    code: "CHECKSUM_MISMATCH",
    message: `${published.file} is not the published file.`,
    place: path,
    expected: `SHA-256 ${published.sha256Start}…`,
    found: `SHA-256 ${digest.slice(0, 8)}…`,
    next,
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** `fetch` hides what the network said in the error's cause. */
function reason(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${(cause as NodeJS.ErrnoException).code ?? cause.message})` : message;
}
