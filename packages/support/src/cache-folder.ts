import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where downloads and builds go that all projects of a user share: `$EOSIN_CACHE`, else `~/.cache/eosin`. It may not be
 * there yet.
 * @example
 * const weights = join(cacheFolder(), "weights");
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env.EOSIN_CACHE || join(homedir(), ".cache", "eosin");
}
