import { createHash } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive, thisProcess } from "./process-identity.js";

/** A temporary file of another machine is taken for abandoned when it was not written to for this long. */
const silentForMs = 10 * 60_000;

const ending = ".tmp";
const owned = /\.(\d+)\.(\d*)\.([0-9a-f]{8})\.tmp$/;

/**
 * A name beside a file or folder that tells whose it is: what a killed process left can be told from what is being
 * written. One process gets the same name each time.
 * @example
 * temporaryBeside("store/hashes.jsonl"); // "store/hashes.jsonl.4711.123456.0a1b2c3d.tmp"
 */
export function temporaryBeside(path: string): string {
  const { pid, started = "", host } = thisProcess();
  return `${path}.${pid}.${started}.${hostKey(host)}${ending}`;
}

/** @param name A file's name or path. @returns Whether {@link temporaryBeside} could have given it. */
export function isTemporary(name: string): boolean {
  return name.endsWith(ending);
}

/**
 * Removes a temporary file or folder, unless whoever writes it may still live.
 * @throws What the file system says, but not where there is none.
 */
export function removeAbandoned(path: string): void {
  try {
    if (isAbandoned(path)) rmSync(path, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/**
 * {@link removeAbandoned}, of everything in a folder that has such a name. Folders in it are not searched.
 * @throws What the file system says, but not where there is no folder.
 * @example
 * removeAbandonedIn(".eosin/runs");
 */
export function removeAbandonedIn(folder: string): void {
  for (const name of namesIn(folder)) if (isTemporary(name)) removeAbandoned(join(folder, name));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function isAbandoned(path: string): boolean {
  const [, pid, started, host] = owned.exec(path) ?? [];
  const here = hostname();
  const owner = pid !== undefined && host === hostKey(here) ? { pid: Number(pid), host: here } : undefined;
  const alive = owner && isAlive({ ...owner, started: started === "" ? undefined : started });
  return alive === undefined ? Date.now() - statSync(path).mtimeMs > silentForMs : !alive;
}

/** Names of machines may be long, and hold what names of files may not. */
function hostKey(host: string): string {
  return createHash("sha256").update(host).digest("hex").slice(0, 8);
}
