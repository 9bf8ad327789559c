import { join } from "node:path";
import type { EosinErrorDetails } from "@eosin/plugin-api";
import { type CommandPackage, placeOf } from "./command-packages.js";
import { expectedCommand } from "./manifest-commands.js";
import type { CommandFault } from "./plugin-commands.js";

/** As an error of whoever calls the command; its message is below the help, too. */
export function describeFault({ from, name = "", rival, written = "" }: CommandFault): EosinErrorDetails {
  return rival === undefined ? unreadable(from, written) : listedTwice(name, from, rival);
}

function listedTwice(name: string, from: CommandPackage, rival: NonNullable<CommandFault["rival"]>): EosinErrorDetails {
  const other = rival.from?.name ?? "pipe itself";
  const both = other === from.name ? `two in ${other}` : `one in ${other} and one in ${from.name}`;
  const has = rival.name === name ? "a command of that name" : `the command ${rival.name}`;
  return {
    code: "DUPLICATE_COMMAND",
    message: `The command ${name} of ${from.name} cannot be called: ${other} has ${has}.`,
    place: join(placeOf(from).folder, "package.json"),
    expected: "one command of a name, and none below it",
    found: rival.name === name ? both : `${both} (${rival.name})`,
    next: `Rename it under "eosin" in the package.json of ${from.name} and in its definition, or remove one of the two.`,
  };
}

function unreadable(from: CommandPackage, found: string): EosinErrorDetails {
  return {
    code: "COMMAND_INVALID",
    message: `${from.name} lists a command that cannot be read.`,
    place: join(placeOf(from).folder, "package.json"),
    expected: `"eosin": { "commands": [${expectedCommand}] }; names are one or two words of a-z, 0-9 and -, modules are in the package`,
    found,
    next: `Correct the package.json of ${from.name}.`,
  };
}
