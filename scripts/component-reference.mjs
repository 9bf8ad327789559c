// Writes the reference of components into docs/components.md, from the schemas of the plugins as they are built.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const page = fileURLToPath(new URL("../docs/components.md", import.meta.url));
const pipe = fileURLToPath(new URL("../packages/cli/dist/bin.js", import.meta.url));
const root = fileURLToPath(new URL("..", import.meta.url));
const begin = "<!-- From here on written by `pipe plugin reference`. -->\n";

const text = readFileSync(page, "utf8");
const head = text.slice(0, text.indexOf(begin) + begin.length);
const reference = execFileSync(process.execPath, [pipe, "plugin", "reference"], { cwd: root, encoding: "utf8" });
writeFileSync(page, `${head}\n${reference}`);
