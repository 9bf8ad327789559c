import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { temporaryBeside } from "./temporary-file.js";

/**
 * Puts a file in place whole or not at all, also across a power cut.
 * @param temporary Where it is written first: on the same disk, in a folder that is there.
 */
export async function writeDurably(
  path: string,
  data: string | Uint8Array,
  temporary = temporaryBeside(path),
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

export async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes renames inside a folder survive a power cut. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
