import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findPackage, type PackagePlace } from "@eosin/support/find-package";
import { ownPlugins, packageFolder } from "../package-info.js";
import { ownProject } from "../trust/own-project.js";
import { isPrintable, type ManifestCommands, manifestCommands } from "./manifest-commands.js";

/** A package that lists commands. */
export interface CommandPackage extends ManifestCommands {
  readonly name: string;
  /** The folder that it is searched from. */
  readonly from: string;
  /** It comes with `pipe`. */
  readonly isOwn: boolean;
}

/**
 * Packages that list commands: the plugins beside `pipe`, then what the project of a folder is and depends on. Reads their
 * package.json, and imports nothing.
 */
export function commandPackages(folder: string): readonly CommandPackage[] {
  const project = ownProject(resolve(folder));
  const { name: itself, dependencies, devDependencies } = parsed(manifestText(project));
  const needed = Object.keys({ ...dependencies, ...devDependencies });
  const own = ownPlugins();
  const others = [...(itself === undefined ? [] : [itself]), ...needed].filter((name) => !own.includes(name));
  return [
    ...own.flatMap((name) => commandPackage(name, fileURLToPath(packageFolder), true)),
    ...[...new Set(others)].flatMap((name) => commandPackage(name, project, false)),
  ];
}

/** Where it is; followed when it counts, since most that is listed is not called. */
export function placeOf({ name, from }: Pick<CommandPackage, "name" | "from">): PackagePlace {
  return findPackage(name, from) ?? { folder: join(from, "node_modules", name) };
}

/** Most dependencies of a project list none: their text says so before it is parsed. */
function commandPackage(name: string, from: string, isOwn: boolean): readonly CommandPackage[] {
  const near = manifestText(join(from, "node_modules", name));
  const text = near ?? manifestText(placeOf({ name, from }).folder);
  if (text === undefined || !mayList.test(text) || !isPrintable(name)) return [];
  const listed = manifestCommands(parsed(text));
  return listed.commands.length + listed.wrong.length > 0 ? [{ ...listed, name, from, isOwn }] : [];
}

const mayList = /"eosin"\s*:/;

interface Manifest {
  readonly name?: string;
  readonly dependencies?: object;
  readonly devDependencies?: object;
}

function manifestText(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, "package.json"), "utf8");
  } catch {
    return undefined;
  }
}

/** One that cannot be read lists nothing; whoever needs the package says what is wrong with it. */
function parsed(text = "{}"): Manifest {
  try {
    return JSON.parse(text) as Manifest;
  } catch {
    return {};
  }
}
