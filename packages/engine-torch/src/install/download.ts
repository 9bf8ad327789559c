import { open, stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

export interface DownloadOptions {
  readonly signal: AbortSignal;
  onProgress(received: number, total: number | undefined): void;
}

/** How often in a row a connection is taken up again without any byte having come. */
const ATTEMPTS = 3;
/** Before a connection is taken up again; doubled each time that nothing came. */
const FIRST_PAUSE_MS = 100;

/** An answer that trying again will not change. */
class Refusal extends Error {}

/**
 * Downloads to `file`, continuing what is there already (HTTP ranges) and taking up a cut connection by itself. What has
 * come stays in the file when it fails.
 */
export async function download(url: string, file: string, options: DownloadOptions): Promise<void> {
  for (let fruitless = 0; ; ) {
    const before = await sizeOf(file);
    try {
      return await continueDownload(url, file, before, options);
    } catch (error) {
      if (error instanceof Refusal || options.signal.aborted) throw error;
      fruitless = (await sizeOf(file)) > before ? 0 : fruitless + 1;
      if (fruitless >= ATTEMPTS) throw error;
      await setTimeout(FIRST_PAUSE_MS * 2 ** fruitless, undefined, { signal: options.signal });
    }
  }
}

async function continueDownload(url: string, file: string, have: number, options: DownloadOptions): Promise<void> {
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
  const response = await fetch(url, { headers, signal: options.signal });
  if (response.status === 416) {
    if (response.headers.get("content-range")?.endsWith(`/${have}`)) return;
    await (await open(file, "w")).close();
    throw new Error("the server has a shorter file than was begun");
  }
  if (!response.ok || !response.body) {
    const message = `the server answered ${response.status} ${response.statusText}`.trimEnd();
    throw response.status >= 500 ? new Error(message) : new Refusal(message);
  }
  const continued = response.status === 206;
  const length = response.headers.get("content-length");
  let received = continued ? have : 0;
  const total = length === null ? undefined : received + Number(length);
  const target = await open(file, continued ? "a" : "w");
  try {
    for await (const chunk of response.body) {
      await target.write(chunk);
      received += chunk.length;
      options.onProgress(received, total);
    }
  } finally {
    await target.close();
  }
  if (total !== undefined && received < total) throw new Error(`the connection ended at ${received} of ${total} bytes`);
}

function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
