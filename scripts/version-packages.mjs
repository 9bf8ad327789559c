// Turns the changesets into versions and changelogs, then brings along what follows from the versions: the contract's
// apiVersion, the ranges in pipelines and docs, and the contract that later changes are held against.
//   npm run version-packages
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { builtContract } from "./built-contract.mjs";

const root = resolve(fileURLToPath(new URL("..", import.meta.url)));
const changeset = createRequire(import.meta.url).resolve("@changesets/cli/bin.js");
execFileSync(process.execPath, [changeset, "version"], { cwd: root, stdio: "inherit" });

const versions = new Map(
  readdirSync(join(root, "packages")).map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8"));
    return [name, version];
  }),
);

rewrite("packages/plugin-api/src/api-version.ts", (text) => {
  const [major, minor] = versions.get("@eosin/plugin-api").split(".");
  return text.replace(/API_VERSION: string = "[^"]*"/, `API_VERSION: string = "${major}.${minor}.0"`);
});
const documents = ["pipelines", "docs", "benchmarks"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => /\.(yaml|md|mjs)$/.test(name))
    .map((name) => `${folder}/${name}`),
);
for (const document of ["README.md", ...documents]) {
  rewrite(document, (text) =>
    text.replace(/("(@eosin\/[\w-]+)": "?\^)\d+\.\d+\.\d+/g, (range, before, name) =>
      versions.has(name) ? `${before}${versions.get(name)}` : range,
    ),
  );
}
// Only a release of the contract moves what its changes are held against.
const released = join(root, "test/surface/released-contract.json");
const contract = builtContract(root);
if (JSON.parse(readFileSync(released, "utf8")).version !== contract.version) {
  writeFileSync(released, `${JSON.stringify(contract, null, 1)}\n`);
}

/** @param {string} file @param {(text: string) => string} change */
function rewrite(file, change) {
  const path = join(root, file);
  const text = readFileSync(path, "utf8");
  const changed = change(text);
  if (changed !== text) writeFileSync(path, changed);
}
