import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cacheFolder } from "@eosin/support/cache-folder";

/** Where an engine's optional packages are installed: `$EOSIN_CACHE/engines/NAME`, else under `~/.cache/eosin`. */
export function engineFolder(name: string): string {
  return join(cacheFolder(), "engines", name);
}

/**
 * Where an engine's packages are looked for, in this order: the working folder, this package (and, as Node does, along
 * NODE_PATH), and the engine's own folder. As `createRequire` takes them.
 */
export function searchPlaces(name: string): readonly string[] {
  const within = (folder: string) => pathToFileURL(join(folder, "from-here.js")).href;
  return [within(process.cwd()), import.meta.url, within(engineFolder(name))];
}
