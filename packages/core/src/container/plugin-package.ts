import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { EosinError, type SourcePlace } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";
import { findPackage, type PackagePlace } from "@eosin/support/find-package";

const manifestSchema = z.looseObject({
  name: z.string().optional(),
  version: z.string().default("0.0.0"),
  main: z.string().optional(),
  exports: z.json().optional(),
  files: z.array(z.string()).optional(),
  keywords: z.array(z.string()).default([]),
  dependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

export type PackageManifest = z.output<typeof manifestSchema>;

/** A package on disk, not yet imported. */
export interface PluginPackage {
  /** As the document names it: a package name or `./folder`. */
  readonly request: string;
  /** Real path, links followed. */
  readonly folder: string;
  readonly manifest: PackageManifest;
  /** `file:` URL of the main module. */
  readonly module: string;
  /** Real path of the folder in whose `node_modules` it was found, before links were followed. */
  readonly holder?: string;
}

export function isFolderRequest(request: string): boolean {
  return request === "." || request === ".." || request.startsWith("./") || request.startsWith("../");
}

/** @throws EosinError `PLUGIN_NOT_FOUND`, `PLUGIN_INVALID` */
export function findPluginPackage(request: string, folders: readonly string[], place?: SourcePlace): PluginPackage {
  const found = isFolderRequest(request)
    ? existingFolder(resolve(folders[0], request))
    : firstDefined(folders, (from) => findPackage(request, from));
  if (found === undefined) throw notFound(request, folders, place);
  return openPluginPackage(request, found, place);
}

/** @throws EosinError `PLUGIN_INVALID` */
export function openPluginPackage(
  request: string,
  { folder, holder }: PackagePlace,
  place?: SourcePlace,
): PluginPackage {
  const manifest = readPackageManifest(folder);
  const main = join(folder, mainFile(manifest));
  if (!existsSync(main)) {
    throw new EosinError({
      code: "PLUGIN_INVALID",
      message: `The plugin ${request} has no main module.`,
      place: place ?? join(folder, "package.json"),
      expected: `the file ${main}`,
      next: "Build the plugin, or correct `exports` in its package.json.",
    });
  }
  return { request, folder, manifest, module: pathToFileURL(main).href, holder };
}

/** Node's own search: `node_modules` of every folder upwards; and a package finds itself by its name. */
export function findPackageFolder(name: string, from: string): string | undefined {
  return findPackage(name, from)?.folder;
}

export function readPackageManifest(folder: string): PackageManifest {
  const file = join(folder, "package.json");
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new EosinError({
      code: "PLUGIN_INVALID",
      message: `${file} is missing or no valid package.json.`,
      place: file,
      expected: '{ "name": …, "version": …, "type": "module", "exports": "./index.js" }',
      cause,
    });
  }
}

function existingFolder(folder: string): PackagePlace | undefined {
  return existsSync(folder) ? { folder: realpathSync(folder) } : undefined;
}

function firstDefined<From, To>(items: readonly From[], find: (item: From) => To | undefined): To | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The module that `import "<package>"` would load. */
export function mainFile(manifest: PackageManifest): string {
  return resolveExports(manifest.exports) ?? manifest.main ?? "index.js";
}

const conditions = ["node", "import", "module", "default"];

function resolveExports(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return firstDefined(value, resolveExports);
  if (typeof value !== "object" || value === null) return undefined;
  if ("." in value) return resolveExports(value["."]);
  // Order counts: the first key whose condition holds wins.
  return firstDefined(Object.entries(value), ([key, target]) =>
    conditions.includes(key) ? resolveExports(target) : undefined,
  );
}

/** A folder as it is; of a module the folder that it lies in. */
function shown(from: string): string {
  return from.startsWith("file:") ? dirname(fileURLToPath(from)) : from;
}

function notFound(request: string, folders: readonly string[], place?: SourcePlace): EosinError {
  const searched = isFolderRequest(request) ? resolve(folders[0], request) : folders.map(shown).join(" or ");
  return new EosinError({
    code: "PLUGIN_NOT_FOUND",
    message: `The plugin ${request} is not installed.`,
    place,
    expected: isFolderRequest(request) ? `a folder ${searched}` : `a package ${request}, found from ${searched}`,
    next: isFolderRequest(request)
      ? "Correct the path: it is relative to the document."
      : `Install it beside the document: npm install ${request}`,
  });
}
