import type { CommandOutput } from "@eosin/plugin-api/commands";
import { colors } from "../colors.js";
import { statusLine } from "../progress/status-line.js";
import { print, printError } from "../terminal.js";
import { writeOutput } from "../write-output.js";

/** Of this process. */
export const commandOutput: CommandOutput = {
  colors,
  isTerminal: process.stderr.isTTY === true,
  print,
  printError,
  statusLine,
  writeFile: writeOutput,
};
