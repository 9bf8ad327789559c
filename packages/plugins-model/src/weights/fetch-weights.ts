import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { EosinError, nearestName } from "@eosin/plugin-api";
import { cacheFolder } from "@eosin/support/cache-folder";
import { sha256OfFile } from "@eosin/support/sha256";
import { howToGet, type PublishedWeights, publishedWeights } from "./published-weights.js";

export interface FetchOptions {
  /** Where the file goes; `weightsFolder()` unless given. */
  readonly folder?: string;
  /** Bytes so far and, where the server says, altogether. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
  /** What is known; the published encoders unless given. */
  readonly from?: ReadonlyMap<string, PublishedWeights>;
  readonly signal?: AbortSignal;
}

/** `$EOSIN_CACHE/weights`, else `~/.cache/eosin/weights`. */
export function weightsFolder(): string {
  return join(cacheFolder(), "weights");
}

/**
 * Downloads published weights, or finds them where they were downloaded before. A download that was cut continues
 * from its `.part` file.
 * @param name e.g. `efficientnet-b7`.
 * @returns The file's path; its checksum was right.
 * @throws EosinError `WEIGHTS_UNKNOWN`, `WEIGHTS_NOT_FETCHED` where a package holds them, `DOWNLOAD_FAILED` (what came is kept), `CHECKSUM_MISMATCH` (what came is deleted); the
 * signal's reason where it is aborted.
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
    const found = await sha256OfFile(path);
    if (found.startsWith(published.sha256Start)) return path;
    throw otherFile(path, published, found, "Delete the file and fetch it again.");
  }
  if (!("url" in published)) {
    throw new EosinError({
      code: "WEIGHTS_NOT_FETCHED",
      message: `The weights of ${name} are in a package and cannot be downloaded by themselves.`,
      expected: path,
      found: "nothing there",
      next: howToGet(name, published),
    });
  }
  // A plan only looks for what was fetched before.
  const { ChecksumMismatch, download } = await import("@eosin/support/download");
  const { renameDurably } = await import("@eosin/support/durable-file");
  const { onProgress, signal } = options;
  try {
    await download(published.url, part, { sha256: published.sha256Start, onProgress, signal });
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof ChecksumMismatch) throw otherFile(part, published, cause.found, "Run the command again.");
    throw new EosinError({
      code: "DOWNLOAD_FAILED",
      message: `${published.file} could not be downloaded.`,
      place: published.url,
      found: (cause as Error).message,
      next: `Run the command again to continue, or fetch the file on another machine and put it at ${path}`,
      cause,
    });
  }
  await renameDurably(part, path);
  return path;
}

function otherFile(place: string, { file, sha256Start }: PublishedWeights, sha256: string, next: string): EosinError {
  return new EosinError({
    code: "CHECKSUM_MISMATCH",
    message: `${file} is not the published file.`,
    place,
    expected: `SHA-256 ${sha256Start}…`,
    found: `SHA-256 ${sha256.slice(0, 8)}…`,
    next,
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
