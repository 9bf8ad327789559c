import { rmdir } from "node:fs/promises";
import { join } from "node:path";
import { removeAbandoned, removeAbandonedIn } from "@eosin/support/temporary-file";
import { namesIn } from "./folder-listing.js";
import { removeDeadLock, tryLock } from "./lock-file.js";
import { moveBack } from "./move-back.js";
import type { StorePaths } from "./store-paths.js";

/** What tidying needs of a store. */
export interface TidiedStore {
  finishCommit(fingerprint: string): Promise<void>;
  clearScratch(fingerprint: string): Promise<void>;
  has(fingerprint: string): Promise<boolean>;
}

/**
 * Removes what killed processes left: their locks, staging folders and temporary files, and scratch folders of outputs
 * that are stored. A commit that was decided is completed. The scratch of unfinished work stays, for whoever goes on
 * with it; nothing of a process that may still live is touched.
 */
export async function tidyStore(paths: StorePaths, store: TidiedStore): Promise<void> {
  for (const name of await namesIn(paths.locks)) {
    const file = join(paths.locks, name);
    if (name.endsWith(".lock")) removeDeadLock(file);
    else removeAbandoned(file);
  }
  removeAbandonedIn(paths.folder);
  const begun = new Set([...(await namesIn(paths.stagings)), ...(await namesIn(paths.scratches))]);
  for (const fingerprint of begun) await tidyFingerprint(fingerprint, paths, store);
}

async function tidyFingerprint(fingerprint: string, paths: StorePaths, store: TidiedStore): Promise<void> {
  const release = tryLock(paths.lock(fingerprint));
  if (!release) return;
  try {
    await store.finishCommit(fingerprint);
    if (await store.has(fingerprint)) await store.clearScratch(fingerprint);
    else {
      await moveBack(paths.staging(fingerprint), paths.scratch(fingerprint));
      // Fails on purpose where there is something in it.
      await rmdir(paths.scratch(fingerprint)).catch(() => {});
    }
  } finally {
    release();
  }
}
