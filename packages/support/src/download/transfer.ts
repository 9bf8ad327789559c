import { open, stat } from "node:fs/promises";

export interface TransferOptions {
  /** Bytes that have come, those of earlier connections among them, and of how many where the server says. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
  readonly signal?: AbortSignal;
}

/** An answer that trying again will not change. */
export class Refusal extends Error {}

/**
 * One connection: adds to a file what is missing from it. What came stays in the file on failure.
 * @throws Refusal where trying again is of no use; else what the network, the server or the file system says.
 */
export async function transfer(url: string, file: string, { onProgress, signal }: TransferOptions): Promise<void> {
  const have = await sizeOf(file);
  // The ranges of packed content are not those of the file.
  const headers = { "accept-encoding": "identity", ...(have > 0 && { range: `bytes=${have}-` }) };
  const response = await fetch(url, { headers, signal });
  const { status, body } = response;
  const range = response.headers.get("content-range") ?? "";
  if (status !== 200 && status !== 206) await body?.cancel();
  if (status === 416) {
    if (sizeIn(range) === have) return;
    await (await open(file, "w")).close();
    throw new Error("the server has a shorter file than was begun");
  }
  if (!response.ok || !body) {
    const message = `the server answered ${status} ${response.statusText}`.trimEnd();
    throw status >= 500 ? new Error(message) : new Refusal(message);
  }
  const continued = status === 206;
  const start = startIn(range);
  if (continued && start !== undefined && start !== have) {
    await body.cancel();
    throw new Refusal(`the server continued at byte ${start}, not at ${have}`);
  }
  const length = response.headers.get("content-length");
  let received = continued ? have : 0;
  const total = length === null ? undefined : received + Number(length);
  const target = await open(file, continued ? "a" : "w");
  try {
    for await (const chunk of body) {
      // Unlike `write`, it writes all of it.
      await target.writeFile(chunk);
      received += chunk.length;
      onProgress?.(received, total);
    }
  } finally {
    await target.close();
  }
  if (total !== undefined && received < total) throw new Error(`the connection ended at ${received} of ${total} bytes`);
}

/** Bytes; 0 where there is no file. */
export function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** `START` in `bytes START-END/SIZE` */
function startIn(contentRange: string): number | undefined {
  const [, start] = /^bytes (\d+)-/.exec(contentRange) ?? [];
  return start === undefined ? undefined : Number(start);
}

/** `SIZE` in `bytes … /SIZE` */
function sizeIn(contentRange: string): number | undefined {
  const [, size] = /\/(\d+)$/.exec(contentRange) ?? [];
  return size === undefined ? undefined : Number(size);
}
