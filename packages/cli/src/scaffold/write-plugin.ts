import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EosinError } from "@eosin/plugin-api";
import { examplePipeline } from "./example-pipeline.js";
import { type OfferedKind, offeredKinds } from "./offered-kinds.js";
import { packageManifest } from "./package-manifest.js";
import { packageRanges } from "./package-versions.js";
import type { PluginName } from "./plugin-name.js";

const templates = fileURLToPath(new URL("../../templates", import.meta.url));

/** Names that packing would take for its own, by what they are in a plugin. */
const renamed: { readonly [template: string]: string } = {
  gitignore: ".gitignore",
  changeset: ".changeset",
  // A file of that name anywhere in a package stops pnpm from adding the package's own.
  "mit.txt": "LICENSE",
};

/**
 * Writes the package of a new plugin.
 * @returns The paths of its files in the folder, sorted.
 * @throws EosinError `FOLDER_NOT_EMPTY`, `FOLDER_UNWRITABLE`
 */
export async function writePlugin(folder: string, name: PluginName, kind: OfferedKind): Promise<readonly string[]> {
  await refuseUsedFolder(folder);
  const ranges = packageRanges();
  const own = await readTemplate(kind);
  const summary = /summary: "(.*)"/.exec(own.get("src/definition.ts") ?? "")?.[1] ?? "";
  const { "options.md": options = "", ...sources } = Object.fromEntries(own);
  const values: { readonly [token: string]: string } = {
    package: name.packageName,
    name: name.name,
    type: name.type,
    kind,
    summary,
    options: options.trim(),
    usage: `uses: ${name.type}\nwith: ${offeredKinds[kind].usage}`,
    year: String(new Date().getFullYear()),
  };
  const files = new Map<string, string>([
    ...[...(await readTemplate("common")), ...Object.entries(sources)].map(
      ([path, text]) => [path, filledIn(text, values)] as const,
    ),
    ["package.json", packageManifest(name, kind, ranges)],
    ["example.yaml", examplePipeline(name, kind, ranges)],
  ]);
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  } catch (cause) {
    throw new EosinError({
      code: "FOLDER_UNWRITABLE",
      message: "The plugin cannot be written.",
      place: folder,
      found: (cause as Error).message,
      next: "Name another folder with --out.",
      cause,
    });
  }
  return [...files.keys()].sort();
}

async function refuseUsedFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const found = await readdir(folder).catch(() => ["a file of that name"]);
  if (found.length === 0) return;
  throw new EosinError({
    code: "FOLDER_NOT_EMPTY",
    message: "The folder for the plugin is not empty.",
    place: folder,
    expected: "a folder that is empty or not there yet",
    found: found.slice(0, 5).join(", "),
    next: "Take another name, or another folder with --out.",
  });
}

async function readTemplate(name: string): Promise<Map<string, string>> {
  const folder = join(templates, name);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const [first, ...rest] = file.slice(folder.length + 1).split(/[\\/]/);
        return [[renamed[first] ?? first, ...rest].join("/"), await readFile(file, "utf8")] as const;
      }),
    ),
  );
}

function filledIn(text: string, values: { readonly [token: string]: string }): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (token, name: string) => values[name] ?? token);
}
