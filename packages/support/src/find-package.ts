import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Where a package is. */
export interface PackagePlace {
  /** Real path, links followed. */
  readonly folder: string;
  /** Real path of the folder in whose `node_modules` it was found, before links were followed. */
  readonly holder?: string;
}

/**
 * Node's own search: `node_modules` of every folder upwards; and a package finds itself by its name.
 * @param from A folder, or the `file:` URL of a module.
 */
export function findPackage(name: string, from: string): PackagePlace | undefined {
  // A name that climbs out of node_modules could pass a folder elsewhere off as a package of this one.
  if (name.split(/[/\\]/).some((part) => part === "" || part === "." || part === "..")) return undefined;
  const start = from.startsWith("file:") ? fileURLToPath(from) : resolve(from);
  for (let folder = start; ; folder = dirname(folder)) {
    const installed = join(folder, "node_modules", name);
    if (existsSync(join(installed, "package.json"))) {
      return { folder: realpathSync(installed), holder: realpathSync(folder) };
    }
    if (nameOf(folder) === name) return { folder: realpathSync(folder) };
    if (dirname(folder) === folder) return undefined;
  }
}

/** A package.json that cannot be read names nothing. */
function nameOf(folder: string): string | undefined {
  const file = join(folder, "package.json");
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name : undefined;
  } catch {
    return undefined;
  }
}
