// The contract that packages/plugin-api offers, as it is built: its declaration files, and which of them are entry points.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @param {string} root folder of the workspace */
export function builtContract(root) {
  const folder = join(root, "packages/plugin-api");
  const { version, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(join(folder, "dist"), { recursive: true })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".d.ts"))
    .sort();
  return {
    version,
    entries: Object.fromEntries(
      Object.entries(exports).map(([path, { types }]) => [path, types.replace("./dist/", "")]),
    ),
    files: Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, "dist", name), "utf8")])),
  };
}
