import { open, stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

export interface DownloadOptions {
  readonly onProgress?: (received: number, total: number | undefined) => void;
  readonly signal?: AbortSignal;
  /** How often a cut connection is taken up again without any byte having come. */
  readonly attempts?: number;
}

/** Before a connection is taken up again; doubled each time that nothing came. */
const FIRST_PAUSE_MS = 100;

/** An answer that trying again will not change. */
class Refusal extends Error {}

/**
 * Downloads to `path`, continuing what is already there (HTTP ranges) and taking up a cut connection by itself.
 * What has come stays in the file when it fails.
 */
export async function download(url: string, path: string, options: DownloadOptions = {}): Promise<void> {
  const attempts = options.attempts ?? 3;
  let fruitless = 0;
  for (;;) {
    const before = await sizeOf(path);
    try {
      await continueDownload(url, path, before, options);
      return;
    } catch (error) {
      if (error instanceof Refusal || options.signal?.aborted) throw error;
      fruitless = (await sizeOf(path)) > before ? 0 : fruitless + 1;
      if (fruitless >= attempts) throw error;
      await setTimeout(FIRST_PAUSE_MS * 2 ** fruitless, undefined, { signal: options.signal });
    }
  }
}

async function continueDownload(url: string, path: string, have: number, options: DownloadOptions): Promise<void> {
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
  const response = await fetch(url, { headers, signal: options.signal, redirect: "follow" });
  if (response.status === 416 && totalOf(response.headers.get("content-range")) === have) return;
  const continued = response.status === 206;
  if (response.status === 416) {
    await (await open(path, "w")).close();
    throw new Error("the server has a shorter file than was begun");
  }
  if (!response.ok || !response.body) {
    const message = `the server answered ${response.status} ${response.statusText}`.trimEnd();
    throw response.status >= 500 ? new Error(message) : new Refusal(message);
  }
  const length = response.headers.get("content-length");
  let received = continued ? have : 0;
  const total = length === null ? undefined : received + Number(length);
  const file = await open(path, continued ? "a" : "w");
  try {
    for await (const chunk of response.body) {
      await file.write(chunk);
      received += chunk.length;
      options.onProgress?.(received, total);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (total !== undefined && received < total) throw new Error(`the connection ended at ${received} of ${total} bytes`);
}

/** The size in `bytes … /SIZE`. */
function totalOf(contentRange: string | null): number | undefined {
  const match = /\/(\d+)$/.exec(contentRange ?? "");
  return match ? Number(match[1]) : undefined;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
