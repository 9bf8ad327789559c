import type { OptionSummary, PluginRegistry } from "@eosin/core";
import { type ComponentSummary, type PluginSummary, pluginSummaries } from "./plugin-summary.js";

/**
 * The reference of all components as Markdown, kind by kind, from the schemas that documents are checked with.
 * @param only Names of plugins; all unless given.
 */
export function componentReference(registry: PluginRegistry, only?: readonly string[]): string {
  const plugins = pluginSummaries(registry).filter(({ name }) => only === undefined || only.includes(name));
  const sections = [...registry.kinds.values()].flatMap(({ name: kind, summary }) => {
    const components = plugins
      .flatMap((plugin) => plugin.components.filter((each) => each.kind === kind).map((each) => ({ plugin, each })))
      .sort((a, b) => (a.each.type < b.each.type ? -1 : 1));
    if (components.length === 0) return [];
    return [`## ${kind}`, "", summary, "", ...components.flatMap(({ plugin, each }) => componentSection(each, plugin))];
  });
  return `${sections.join("\n").trimEnd()}\n`;
}

function componentSection({ type, summary, options }: ComponentSummary, plugin: PluginSummary): string[] {
  return [`### ${type}`, "", `${cell(summary)} From \`${plugin.name}\`.`, "", ...optionsTable(options), ""];
}

/** A table of options, or the words for none. */
export function optionsTable(options: readonly OptionSummary[]): string[] {
  if (options.length === 0) return ["No options."];
  const rows = options.map(({ name, type, default: fallback, summary }) => {
    const value = fallback === undefined ? "required" : fallback === "(none)" ? "none" : `\`${fallback}\``;
    return `| \`${name}\` | ${cell(type)} | ${value.replaceAll("|", "\\|")} | ${cell(summary)} |`;
  });
  return ["| option | takes | default | meaning |", "|---|---|---|---|", ...rows];
}

/** Text that Markdown leaves as it is inside a table. */
function cell(text: string): string {
  return text.replaceAll("\n", " ").replaceAll(/[|<*_]/g, "\\$&");
}
