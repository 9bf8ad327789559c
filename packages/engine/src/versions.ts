import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { version } = require("../package.json") as { version: string };

/** Results depend on both: our kernels and the library's. */
export function engineVersion(library: string, libraryVersion: string): string {
  return `${version}+${library}-${libraryVersion}`;
}
