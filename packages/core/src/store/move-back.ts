import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { namesIn } from "./folder-listing.js";

/**
 * Moves what a killed run had moved out of its scratch folder back there, so that the step finds its scratch as it left
 * it; then removes the staging folder. The caller holds the lock of the fingerprint.
 */
export async function moveBack(staging: string, scratch: string): Promise<void> {
  const numbers = await namesIn(staging);
  for (const number of numbers.sort().reverse()) {
    const moved = join(staging, number, "moved");
    for (const entry of await readdir(moved, { recursive: true, withFileTypes: true }).catch(() => [])) {
      if (!entry.isFile()) continue;
      const from = join(entry.parentPath, entry.name);
      const to = join(scratch, relative(moved, from));
      await mkdir(dirname(to), { recursive: true });
      // Of files that went by one name, the latest: one that the step wrote after the move, or the last one moved.
      if (!(await exists(to))) await rename(from, to);
    }
  }
  await rm(staging, { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
