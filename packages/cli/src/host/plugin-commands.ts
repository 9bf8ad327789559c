import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { EosinErrorDetails } from "@eosin/plugin-api";
import { findPackage, type PackagePlace } from "@eosin/support/find-package";
import { ownProject } from "../trust/own-project.js";
import { beginsWith, type ListedCommand, leadingWords } from "./listed-command.js";
import { expectedCommand, type ManifestCommand, manifestCommands } from "./manifest-commands.js";
import { ownPlugins } from "./own-plugins.js";

export interface PluginCommands {
  readonly commands: readonly ListedCommand[];
  /** What is listed and cannot be called. */
  readonly faults: readonly CommandFault[];
}

export interface CommandFault {
  /** Of the command; absent where not even that can be read. */
  readonly name?: string;
  readonly error: EosinErrorDetails;
}

/** A package that lists commands. */
interface CommandPackage extends PackagePlace {
  readonly name: string;
  /** It comes with `pipe`. */
  readonly isOwn: boolean;
  readonly listed: readonly ManifestCommand[];
  readonly wrong: readonly string[];
}

interface Entry extends ManifestCommand {
  readonly from: CommandPackage;
}

/**
 * The commands of the plugins beside `pipe`, and of those that the project of a folder depends on (or is). Reads their
 * package.json, and imports nothing.
 * @param core The commands of `pipe` itself, which no plugin replaces.
 */
export function pluginCommands(core: readonly ListedCommand[], folder = process.cwd()): PluginCommands {
  const packages = commandPackages(folder);
  const faults = packages.flatMap(({ name, wrong, ...place }) =>
    wrong.map((found): CommandFault => ({ error: unreadable(name, place, found) })),
  );
  const entries = packages.flatMap((from) => from.listed.map((each): Entry => ({ ...each, from })));
  const commands: ListedCommand[] = [];
  for (const entry of entries) {
    const rival =
      core.find((each) => excludes(each, entry)) ?? entries.find((each) => each !== entry && excludes(each, entry));
    if (rival !== undefined) faults.push({ name: entry.name, error: listedTwice(entry, rival) });
    else if (!commands.some(({ name }) => name === entry.name)) commands.push(listedCommand(entry));
  }
  return { commands, faults };
}

/**
 * Why a command that is called is not there.
 * @param group What the call names instead.
 */
export function faultOf(
  argv: readonly string[],
  faults: readonly CommandFault[],
  group?: ListedCommand,
): EosinErrorDetails | undefined {
  const words = leadingWords(argv);
  const found = faults.find(({ name }) => name !== undefined && beginsWith(words, name.split(" ")));
  // The word may stand in an entry that cannot be read.
  const unread = words.length > 0 && group === undefined ? faults.find(({ name }) => name === undefined) : undefined;
  return (found ?? unread)?.error;
}

function commandPackages(folder: string): readonly CommandPackage[] {
  const found = new Map<string, CommandPackage>();
  const add = (name: string, place: PackagePlace | undefined, isOwn: boolean) => {
    if (place === undefined || found.has(name)) return;
    const { commands: listed, wrong } = manifestCommands(readManifest(place.folder));
    if (listed.length + wrong.length > 0) found.set(name, { ...place, name, isOwn, listed, wrong });
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

function listedCommand({ name, summary, module, from }: Entry): ListedCommand {
  const plugin = from.isOwn ? undefined : from.name;
  if (module === undefined) return { name, summary, plugin };
  const load = async (trust: boolean) => {
    const { importPluginCommand } = await import("./import-plugin-command.js");
    return importPluginCommand({ name, module, plugin: from.name, place: from, isOwn: from.isOwn }, trust);
  };
  return { name, summary, plugin, load };
}

/** Of one name there is one command, and what is a command has none below it; the same group may be listed again. */
function excludes(one: Named, other: Named): boolean {
  const [first, second] = [one, other].map((each) => ({ isGroup: isGroup(each), words: each.name.split(" ") }));
  if (one.name === other.name) return !(first.isGroup && second.isGroup);
  return (
    (!first.isGroup && beginsWith(second.words, first.words)) ||
    (!second.isGroup && beginsWith(first.words, second.words))
  );
}

type Named = Pick<ListedCommand, "name" | "load"> & Pick<ManifestCommand, "module">;

function isGroup({ load, module }: Named): boolean {
  return load === undefined && module === undefined;
}

function listedTwice({ name, from }: Entry, rival: ListedCommand | Entry): EosinErrorDetails {
  const other = "from" in rival ? rival.from.name : "pipe itself";
  const both = other === from.name ? `two in ${other}` : `one in ${other} and one in ${from.name}`;
  const has = rival.name === name ? "a command of that name" : `the command ${rival.name}`;
  return {
    code: "DUPLICATE_COMMAND",
    message: `The command ${name} of ${from.name} cannot be called: ${other} has ${has}.`,
    place: join(from.folder, "package.json"),
    expected: "one command of a name, and none below it",
    found: rival.name === name ? both : `${both} (${rival.name})`,
    next: `Rename it under "eosin" in the package.json of ${from.name} and in its definition, or remove one of the two.`,
  };
}

function unreadable(plugin: string, { folder }: PackagePlace, found: string): EosinErrorDetails {
  return {
    code: "COMMAND_INVALID",
    message: `${plugin} lists a command that cannot be read.`,
    place: join(folder, "package.json"),
    expected: `"eosin": { "commands": [${expectedCommand}] }; names are one or two words of a-z, 0-9 and -, modules are in the package`,
    found,
    next: `Correct the package.json of ${plugin}.`,
  };
}
