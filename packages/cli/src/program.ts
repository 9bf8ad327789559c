import { Command } from "commander";
import type { ListedCommand } from "./host/listed-command.js";
import { cliVersion } from "./package-info.js";

export interface ProgramParts {
  readonly commands: readonly ListedCommand[];
  /** By name: what is called, ready to run. The others are in the help by name and summary. */
  readonly called: ReadonlyMap<string, Command>;
  /** Lines below the help. */
  readonly notes?: readonly string[];
  /** Receives what a command says that is not understood. */
  refuse(text: string): void;
}

/** The whole command line, for one call. */
export function createProgram({ commands, called, notes = [], refuse }: ProgramParts): Command {
  const program = new Command("pipe")
    .description("Trains and judges stain-separating segmentation networks from declarative pipelines.")
    .version(cliVersion(), "-V, --version")
    .showHelpAfterError("Run `pipe --help` for the commands, `pipe <command> --help` for their options.");
  if (notes.length > 0) program.addHelpText("after", `\n${notes.join("\n")}`);
  const groups = new Map<string, Command>([["", program]]);
  for (const { name, summary, plugin, load } of commands) {
    const words = name.split(" ");
    const command = load ? (called.get(name) ?? new Command(words.at(-1))) : groupOf(words, groups);
    if (load) groupOf(words.slice(0, -1), groups).addCommand(command);
    command.description(summary);
    if (plugin !== undefined) command.helpGroup(`Commands of ${plugin}:`);
  }
  settle(program, refuse);
  return program;
}

/** Made where it is first named: by itself, or by a command in it. */
function groupOf(words: readonly string[], groups: Map<string, Command>): Command {
  const name = words.join(" ");
  const known = groups.get(name);
  if (known) return known;
  const group = new Command(words.at(-1));
  groupOf(words.slice(0, -1), groups).addCommand(group);
  groups.set(name, group);
  return group;
}

function settle(command: Command, writeErr: (text: string) => void): void {
  command.exitOverride().configureOutput({ writeErr });
  // Of most commands the name is all that is known.
  command.configureHelp({ sortSubcommands: false, showGlobalOptions: false, subcommandTerm: (each) => each.name() });
  for (const inner of command.commands) settle(inner, writeErr);
}
