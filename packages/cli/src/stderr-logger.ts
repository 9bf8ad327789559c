import type { Logger } from "@eosin/plugin-api";

/** Speaks on standard error: standard output belongs to results. */
export const stderrLogger: Logger = {
  info: (message) => process.stderr.write(`${message}\n`),
  warn: (message) => process.stderr.write(`warning: ${message}\n`),
};
