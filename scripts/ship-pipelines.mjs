// Puts a copy of the repository's pipelines into the package in the working folder while it is packed; takes it away
// again with --remove.
//   node ../../scripts/ship-pipelines.mjs [--remove]
import { cpSync, rmSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../pipelines", import.meta.url));
const copy = resolve("pipelines");

rmSync(copy, { recursive: true, force: true });
if (!process.argv.includes("--remove")) {
  // Whoever ran a document in there left a store and runs.
  const ships = (path) =>
    statSync(path).isDirectory() ? !basename(path).startsWith(".") : /\.(yaml|md)$/.test(basename(path));
  cpSync(source, copy, { recursive: true, filter: ships });
}
