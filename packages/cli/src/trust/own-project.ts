import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/**
 * The project that a folder belongs to: the nearest one from it upwards with a `package.json` or `.git`; without one
 * the folder itself. The home folder and the root of the disk are projects of nothing but what is in them directly:
 * everything that is ever downloaded is somewhere below.
 * @returns Its real path.
 */
export function ownProject(folder: string): string {
  const start = realPath(resolve(folder));
  const home = realPath(homedir());
  for (let each = start; ; each = dirname(each)) {
    const top = dirname(each) === each || each === home;
    if (!top && ["package.json", ".git"].some((name) => existsSync(join(each, name)))) return each;
    if (dirname(each) === each) return start;
  }
}

/** @param path, folder Real paths. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
