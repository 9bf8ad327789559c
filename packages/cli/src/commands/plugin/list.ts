import { fileURLToPath } from "node:url";
import { defineCommand, exitCodes, sharedOptions } from "@eosin/plugin-api/commands";
import { alignColumns } from "@eosin/support/align-columns";
import { colors } from "../../colors.js";
import { installedPlugins } from "../../installed-plugins.js";
import { pluginSummaries } from "../../plugin-summary.js";
import { print } from "../../terminal.js";

export default defineCommand({
  name: "plugin list",
  options: {
    plugin: sharedOptions.plugin,
    trust: sharedOptions.trust,
    json: { help: "the plugins as JSON" },
  },
  async run(_, { options }) {
    const plugins = pluginSummaries(await installedPlugins(options.plugin, options.trust));
    if (options.json) {
      print(`${JSON.stringify(plugins, null, 2)}\n`);
      return exitCodes.done;
    }
    const rows = plugins.map(({ name, version, apiVersion, components, folder }) => [
      name,
      version,
      `contract ${apiVersion}`,
      components.length === 0 ? "services only" : `${components.length} component${components.length === 1 ? "" : "s"}`,
      fileURLToPath(folder),
    ]);
    print(`${alignColumns(rows).join("\n")}\n`);
    print(colors.dim("pipe plugin info PLUGIN shows its components, pipe plugin info TYPE the options of one\n"));
    return exitCodes.done;
  },
});
