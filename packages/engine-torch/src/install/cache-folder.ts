import { homedir } from "node:os";
import { join } from "node:path";

/** Where the addon is built to and libtorch is downloaded to: `$EOSIN_CACHE/engines/torch`, else under `~/.cache/eosin`. */
export function torchFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.EOSIN_CACHE || join(homedir(), ".cache", "eosin"), "engines", "torch");
}
