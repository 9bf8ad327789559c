import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EosinError, type FileHasher } from "@eosin/plugin-api";
import type { LockedPlugin } from "./locked-plugin.js";
import { hashPlugin } from "./plugin-hash.js";
import { findPackageFolder, readPackageManifest } from "./plugin-package.js";

export interface LockSearch {
  /** Folders (or `file:` URLs of folders) where packages are looked for, in order; then where they were. */
  readonly from: readonly string[];
  readonly hasher: FileHasher;
}

/**
 * Which plugins are not, in version and built files, those that a run was locked to: an error each, `LOCKED_PLUGIN`,
 * with the version that is wanted, what is there, and what installs it. Imports none of them.
 */
export async function checkLock(
  locks: { readonly [name: string]: LockedPlugin },
  search: LockSearch,
): Promise<readonly EosinError[]> {
  const faults = await Promise.all(Object.entries(locks).map(([name, lock]) => checkPlugin(name, lock, search)));
  return faults.filter((fault) => fault !== undefined);
}

async function checkPlugin(name: string, lock: LockedPlugin, search: LockSearch): Promise<EosinError | undefined> {
  const wanted = `${name} ${lock.version}, files ${lock.hash.slice(0, 12)}`;
  const install = `npm install ${name}@${lock.version}`;
  const folder = findPlugin(name, lock, search);
  if (folder === undefined) {
    return lockFault(`The plugin ${name}, which the run used, is not installed.`, wanted, "nothing", install);
  }
  const manifest = readPackageManifest(folder);
  const hash = await hashPlugin(folder, manifest, search.hasher);
  if (hash === lock.hash) return undefined;
  const found = `${name} ${manifest.version}, files ${hash.slice(0, 12)}, in ${folder}`;
  return manifest.version === lock.version
    ? lockFault(
        `The plugin ${name} has the version that the run used, but its files were edited or built again.`,
        wanted,
        found,
        `Bring back the files it had then (${install}, or check out and build that revision), or leave out --locked.`,
      )
    : lockFault(`The plugin ${name} has another version than the run used.`, wanted, found, install);
}

function findPlugin(name: string, lock: LockedPlugin, { from }: LockSearch): string | undefined {
  for (const each of from) {
    const found = findPackageFolder(name, each);
    if (found !== undefined) return found;
  }
  const before = fileURLToPath(lock.folder);
  return existsSync(before) ? before : undefined;
}

function lockFault(message: string, expected: string, found: string, next: string): EosinError {
  return new EosinError({ code: "LOCKED_PLUGIN", message, place: "lock.json", expected, found, next });
}
