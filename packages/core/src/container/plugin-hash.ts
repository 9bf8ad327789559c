import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import type { FileHasher } from "@eosin/plugin-api";
import { findPackageFolder, type PackageManifest, readPackageManifest } from "./plugin-package.js";

const builtFile = /\.(js|mjs|cjs|json|wasm|node)$/;
const neverPartOfIt = /^(node_modules|tests?|__tests__|coverage|\..*)$|\.test\.[cm]?js$|^(package|tsconfig.*)\.json$/;

/**
 * SHA-256 over everything of a plugin that can change its results: its built files; name and version; and the packages
 * that it depends on, by version where they are installed, by their own hash where they are linked (a workspace).
 */
export async function hashPlugin(
  folder: string,
  manifest: PackageManifest,
  hasher: FileHasher,
  seen: SeenFiles = new Map(),
): Promise<string> {
  return hashPackage(folder, manifest, { hasher, seen }, new Set());
}

/**
 * Names and digests of a package's built files, by folder: the plugins of a workspace depend on the same packages, each
 * of many files. To be kept no longer than it takes to load plugins, since files may be edited.
 */
export type SeenFiles = Map<string, Promise<readonly (readonly [string, string])[]>>;

interface Hashing {
  readonly hasher: FileHasher;
  readonly seen: SeenFiles;
}

async function hashPackage(
  folder: string,
  manifest: PackageManifest,
  hashing: Hashing,
  above: ReadonlySet<string>,
): Promise<string> {
  const digesting = hashing.seen.get(folder) ?? digestFiles(folder, manifest, hashing.hasher);
  hashing.seen.set(folder, digesting);
  const files = await digesting;
  const dependencies = await hashDependencies(folder, manifest, hashing, new Set([...above, folder]));
  const identity = {
    name: manifest.name,
    version: manifest.version,
    files,
    dependencies,
  };
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex");
}

async function digestFiles(
  folder: string,
  manifest: PackageManifest,
  hasher: FileHasher,
): Promise<readonly (readonly [string, string])[]> {
  const files = builtFiles(folder, manifest);
  const digests = await hasher.hashAll(files);
  return files.map((file, index) => [relative(folder, file).split(sep).join("/"), digests[index]]);
}

async function hashDependencies(
  folder: string,
  manifest: PackageManifest,
  hashing: Hashing,
  above: ReadonlySet<string>,
): Promise<readonly (readonly [string, string])[]> {
  const identities: [string, string][] = [];
  for (const name of Object.keys(manifest.dependencies).sort()) {
    const found = findPackageFolder(name, folder);
    if (found === undefined || above.has(found)) continue;
    const dependency = readPackageManifest(found);
    const linked = !found.split(sep).includes("node_modules");
    identities.push([name, linked ? await hashPackage(found, dependency, hashing, above) : dependency.version]);
  }
  return identities;
}

function builtFiles(folder: string, manifest: PackageManifest): readonly string[] {
  const files: string[] = [];
  const visit = (path: string) => {
    if (neverPartOfIt.test(basename(path))) return;
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
    else if (found && builtFile.test(path)) files.push(path);
  };
  for (const name of shipped(manifest) ?? readdirSync(folder)) visit(join(folder, name));
  return [...new Set(files)].sort();
}

/** What the package publishes, where its manifest lists it without patterns. */
function shipped({ files }: PackageManifest): readonly string[] | undefined {
  const listed = files?.filter((name) => !name.startsWith("!"));
  return listed?.every((name) => !/[*?{[]/.test(name)) ? listed : undefined;
}
