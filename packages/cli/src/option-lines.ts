import type { OptionSummary } from "@eosin/core";
import { alignColumns } from "@eosin/support/align-columns";

/** A line each option: name, what it takes, default, meaning. */
export function optionLines(options: readonly OptionSummary[]): string[] {
  if (options.length === 0) return ["  no options"];
  return alignColumns(options.map((each) => [`  ${each.name}`, each.type, each.default ?? "(required)", each.summary]));
}
