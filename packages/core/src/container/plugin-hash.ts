import { type Dirent, readdirSync, type Stats, statSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import type { FileHasher } from "@eosin/plugin-api";
import { sha256Of } from "@eosin/support/sha256";
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
  seen = new SeenPackages(),
): Promise<string> {
  return hashPackage({ folder, manifest }, { hasher, seen }, new Set());
}

/**
 * What was read of packages, by folder: the plugins of a workspace depend on the same ones, each of many files. To be
 * kept no longer than it takes to hash plugins, since files may be edited.
 */
export class SeenPackages {
  readonly contents = new Map<string, Promise<PackageContents>>();
  readonly manifests = new Map<string, PackageManifest>();
}

interface Package {
  readonly folder: string;
  readonly manifest: PackageManifest;
}

interface PackageContents {
  /** Names and digests. */
  readonly files: readonly (readonly [string, string])[];
  /** Those that are there, by name. */
  readonly dependencies: readonly (readonly [string, Package])[];
}

interface Hashing {
  readonly hasher: FileHasher;
  readonly seen: SeenPackages;
}

async function hashPackage(found: Package, hashing: Hashing, above: ReadonlySet<string>): Promise<string> {
  const { folder, manifest } = found;
  const reading = hashing.seen.contents.get(folder) ?? readPackage(found, hashing);
  hashing.seen.contents.set(folder, reading);
  const contents = await reading;
  const dependencies: [string, string][] = [];
  for (const [name, dependency] of contents.dependencies) {
    if (above.has(dependency.folder) || dependency.folder === folder) continue;
    const linked = !dependency.folder.split(sep).includes("node_modules");
    const below = new Set([...above, folder]);
    dependencies.push([name, linked ? await hashPackage(dependency, hashing, below) : dependency.manifest.version]);
  }
  const identity = { name: manifest.name, version: manifest.version, files: contents.files, dependencies };
  return sha256Of(JSON.stringify(identity));
}

async function readPackage({ folder, manifest }: Package, { hasher, seen }: Hashing): Promise<PackageContents> {
  const files = builtFiles(folder, manifest);
  const digests = await hasher.hashAll(files);
  return {
    files: files.map((file, index) => [relative(folder, file).split(sep).join("/"), digests[index]]),
    dependencies: Object.keys(manifest.dependencies)
      .sort()
      .flatMap((name) => {
        const dependency = findPackageFolder(name, folder);
        return dependency === undefined ? [] : [[name, openPackage(dependency, seen)] as const];
      }),
  };
}

function openPackage(folder: string, { manifests }: SeenPackages): Package {
  const manifest = manifests.get(folder) ?? readPackageManifest(folder);
  manifests.set(folder, manifest);
  return { folder, manifest };
}

function builtFiles(folder: string, manifest: PackageManifest): readonly string[] {
  const files: string[] = [];
  const visit = (path: string, is: Dirent | Stats | undefined) => {
    if (neverPartOfIt.test(basename(path))) return;
    const found = is?.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : is;
    if (found?.isDirectory()) {
      for (const entry of readdirSync(path, { withFileTypes: true })) visit(join(path, entry.name), entry);
    } else if (found && builtFile.test(path)) files.push(path);
  };
  for (const name of shipped(manifest) ?? readdirSync(folder)) {
    const path = join(folder, name);
    visit(path, statSync(path, { throwIfNoEntry: false }));
  }
  return [...new Set(files)].sort();
}

/** What the package publishes, where its manifest lists it without patterns. */
function shipped({ files }: PackageManifest): readonly string[] | undefined {
  const listed = files?.filter((name) => !name.startsWith("!"));
  return listed?.every((name) => !/[*?{[]/.test(name)) ? listed : undefined;
}
