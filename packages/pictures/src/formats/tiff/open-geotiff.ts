import { createRequire, syncBuiltinESMExports } from "node:module";

/**
 * The TIFF library, loaded at first use. A package of its own takes every worker thread for one that it started itself,
 * and reads what it would have handed to it: threads that were given nothing get an empty record.
 */
export async function openGeotiff(): Promise<typeof import("geotiff")> {
  const threads = createRequire(import.meta.url)("node:worker_threads") as {
    isMainThread: boolean;
    workerData: unknown;
  };
  if (!threads.isMainThread && (threads.workerData === undefined || threads.workerData === null)) {
    threads.workerData = {};
    syncBuiltinESMExports();
  }
  return import("geotiff");
}
