import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { temporaryBeside } from "./temporary-file.js";

/**
 * Puts a file in place whole or not at all, also across a power cut. Its folder is made where there is none.
 * @param temporary Where it is written first: on the same disk, in a folder that is there. It is removed on failure.
 * @throws What the file system says, as `ENOSPC`: what was at `path` before is untouched then.
 * @example
 * await writeDurably("runs/demo/predictions.json", JSON.stringify(predictions));
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
    // What went wrong first is what is told.
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
}

/**
 * Renames so that a power cut leaves it under one of the two names, and afterwards under the new one.
 * @param from A file whose content is on the disk already (see {@link syncFile}), or a folder.
 * @throws What the file system says.
 * @example
 * await syncFile("model.part");
 * await renameDurably("model.part", "model.safetensors");
 */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
}

/** Brings the content of a file that is closed already to the disk. @throws What the file system says. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Makes renames inside a folder survive a power cut. Windows has no such call and needs none.
 * @throws What the file system says.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
