import { type CommandPackage, commandPackages } from "./command-packages.js";
import { beginsWith, type ListedCommand, leadingWords } from "./listed-command.js";
import type { ManifestCommand } from "./manifest-commands.js";

export interface PluginCommands {
  readonly commands: readonly ListedCommand[];
  /** What is listed and cannot be called. */
  readonly faults: readonly CommandFault[];
}

/** Why something that a package lists cannot be called. */
export interface CommandFault {
  readonly from: CommandPackage;
  /** Of the command; absent where not even that can be read. */
  readonly name?: string;
  /** Where there is no name: the entry as it is written. */
  readonly written?: string;
  /** The command that excludes it, and the package that has that one; of `pipe` itself without. */
  readonly rival?: { readonly name: string; readonly from?: CommandPackage };
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
  const faults = packages.flatMap((from) => from.wrong.map((written): CommandFault => ({ from, written })));
  const entries = packages.flatMap((from) => from.commands.map((each): Entry => ({ ...each, from })));
  const commands: ListedCommand[] = [];
  for (const entry of entries) {
    const rival =
      core.find((each) => excludes(each, entry)) ?? entries.find((each) => each !== entry && excludes(each, entry));
    if (rival !== undefined) faults.push({ name: entry.name, from: entry.from, rival });
    else if (![...core, ...commands].some(({ name }) => name === entry.name)) commands.push(listedCommand(entry));
  }
  return { commands, faults };
}

/**
 * Why a command that is called is not among the commands.
 * @param group What the call names instead.
 */
export function faultOf(
  argv: readonly string[],
  faults: readonly CommandFault[],
  group?: ListedCommand,
): CommandFault | undefined {
  const words = leadingWords(argv);
  const found = faults.find(({ name }) => name !== undefined && beginsWith(words, name.split(" ")));
  // The word may be in an entry that cannot be read.
  const unread = words.length > 0 && group === undefined ? faults.find(({ name }) => name === undefined) : undefined;
  return found ?? unread;
}

function listedCommand({ name, summary, module, from }: Entry): ListedCommand {
  const plugin = from.isOwn ? undefined : from.name;
  if (module === undefined) return { name, summary, plugin };
  const load = async (trust: boolean) => {
    const { importPluginCommand } = await import("./import-plugin-command.js");
    return importPluginCommand({ name, module, from }, trust);
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
