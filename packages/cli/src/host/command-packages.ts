import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findPackage, type PackagePlace } from "@eosin/support/find-package";
import { ownProject } from "../trust/own-project.js";
import { isPrintable, type ManifestCommands, manifestCommands } from "./manifest-commands.js";
import { ownPlugins } from "./own-plugins.js";

/** A package that lists commands. */
export interface CommandPackage extends PackagePlace, ManifestCommands {
  readonly name: string;
  /** It comes with `pipe`. */
  readonly isOwn: boolean;
}

/**
 * Packages that list commands: the plugins beside `pipe`, then what the project of a folder is and depends on. Reads their
 * package.json, and imports nothing.
 */
export function commandPackages(folder: string): readonly CommandPackage[] {
  const found = new Map<string, CommandPackage>();
  const add = (name: string, place: PackagePlace | undefined, isOwn: boolean) => {
    if (place === undefined || found.has(name) || !isPrintable(name)) return;
    const listed = manifestCommands(readManifest(place.folder));
    if (listed.commands.length + listed.wrong.length > 0) found.set(name, { ...place, ...listed, name, isOwn });
  };
  for (const name of ownPlugins()) add(name, findPackage(name, import.meta.url), true);
  const project = ownProject(resolve(folder));
  const { name: itself, dependencies, devDependencies } = readManifest(project);
  const names = [...(itself === undefined ? [] : [itself]), ...Object.keys({ ...dependencies, ...devDependencies })];
  for (const name of names) add(name, findPackage(name, project), false);
  return [...found.values()];
}

interface Manifest {
  readonly name?: string;
  readonly dependencies?: object;
  readonly devDependencies?: object;
  readonly eosin?: unknown;
}

/** One that cannot be read lists nothing; whoever needs the package says what is wrong with it. */
function readManifest(folder: string): Manifest {
  const file = join(folder, "package.json");
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : {};
  } catch {
    return {};
  }
}
