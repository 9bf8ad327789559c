import { fileURLToPath } from "node:url";
import { EosinError, nearestName } from "@eosin/plugin-api";
import { defineCommand, exitCodes, sharedOptions } from "@eosin/plugin-api/commands";
import { colors } from "../../colors.js";
import { installedPlugins } from "../../installed-plugins.js";
import { optionLines } from "../../option-lines.js";
import { type ComponentSummary, type PluginSummary, pluginSummaries } from "../../plugin-summary.js";
import { isFolder, requestedPlugins } from "../../requested-plugins.js";
import { print } from "../../terminal.js";

export default defineCommand({
  name: "plugin info",
  arguments: { pluginOrType: { help: "a package, a folder, or a component such as stain/randstainna" } },
  options: { plugin: sharedOptions.plugin, trust: sharedOptions.trust, json: { help: "the same as JSON" } },
  async run(_, { arguments: { pluginOrType: name }, options }) {
    const more = isFolder(name) ? [...options.plugin, name] : options.plugin;
    const registry = await installedPlugins(more, options.trust);
    const plugins = pluginSummaries(registry);
    const [requested] = requestedPlugins(registry, [name]);
    const plugin = plugins.find((each) => each.name === requested);
    const owner = plugins.find(({ components }) => components.some(({ type }) => type === name));
    const component = owner?.components.find(({ type }) => type === name);
    const shown = plugin ?? (owner && component ? { ...owner, commands: [], components: [component] } : undefined);
    if (shown === undefined) throw unknown(name, plugins);
    if (options.json) {
      print(`${JSON.stringify(shown, null, 2)}\n`);
      return exitCodes.done;
    }
    print(`${[...headOf(shown), ...shown.components.flatMap(linesOf)].join("\n")}\n`);
    return exitCodes.done;
  },
});

function headOf({ name, version, apiVersion, folder, requires, commands }: PluginSummary): string[] {
  return [
    `${colors.bold(name)} ${version}, built for contract ${apiVersion}`,
    `from ${fileURLToPath(folder)}`,
    ...(requires.length === 0 ? [] : [`needs ${requires.join(", ")}`]),
    ...commands.map((each) => `command pipe ${each.name}  ${each.summary}`),
  ];
}

function linesOf({ type, kind, summary, options }: ComponentSummary): string[] {
  return ["", `${colors.bold(type)}  ${colors.dim(kind)}  ${summary}`, ...optionLines(options)];
}

function unknown(name: string, plugins: readonly PluginSummary[]): EosinError {
  const known = plugins.flatMap((each) => [each.name, ...each.components.map(({ type }) => type)]);
  return new EosinError({
    code: "UNKNOWN_PLUGIN",
    message: `No plugin and no component is named ${name}.`,
    expected: `a plugin (${plugins.map((each) => each.name).join(", ")}), a folder such as ./my-plugin, or a component's type`,
    found: name,
    didYouMean: nearestName(name, known),
    next: "pipe plugin list",
  });
}
