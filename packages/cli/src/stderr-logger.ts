import type { Logger } from "@eosin/plugin-api";
import { printError } from "./terminal.js";

/** Speaks on standard error: standard output belongs to results. */
export const stderrLogger: Logger = {
  info: (message) => printError(`${message}\n`),
  warn: (message) => printError(`warning: ${message}\n`),
};
