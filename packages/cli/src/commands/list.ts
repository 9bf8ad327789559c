import { componentOptions } from "@eosin/core";
import { EosinError, nearestName } from "@eosin/plugin-api";
import { defineCommand, exitCodes, sharedOptions } from "@eosin/plugin-api/commands";
import { alignColumns } from "@eosin/support/align-columns";
import { colors } from "../colors.js";
import { installedPlugins } from "../installed-plugins.js";
import { optionLines } from "../option-lines.js";
import { print } from "../terminal.js";

export default defineCommand({
  name: "list",
  arguments: {
    kindOrType: {
      optional: true,
      help: "only this kind (augmenter) or this component (stain/randstainna, with its options)",
    },
  },
  options: {
    plugin: sharedOptions.plugin,
    trust: sharedOptions.trust,
    json: { help: "the components as JSON" },
  },
  async run(_, { arguments: { kindOrType: filter }, options }) {
    const registry = await installedPlugins(options.plugin, options.trust);
    const chosen = registry
      .components()
      .filter(({ definition }) => filter === undefined || definition.kind === filter || definition.type === filter);
    if (chosen.length === 0) {
      throw new EosinError({
        code: "UNKNOWN_COMPONENT",
        message: `No component and no kind is named ${filter}.`,
        expected: `a kind (${[...registry.kinds.keys()].join(", ")}) or a component's type`,
        found: filter,
        didYouMean: nearestName(filter ?? "", [
          ...registry.kinds.keys(),
          ...registry.components().map(({ definition }) => definition.type),
        ]),
        next: "pipe list",
      });
    }
    const rows = chosen.map(({ definition, plugin }) => ({
      type: definition.type,
      kind: definition.kind,
      plugin,
      version: registry.plugins[plugin].version,
      summary: definition.summary,
      options: componentOptions(definition),
    }));
    if (options.json) {
      print(`${JSON.stringify(rows, null, 2)}\n`);
      return exitCodes.done;
    }
    const single = rows.length === 1 && filter === rows[0].type;
    for (const kind of new Set(rows.map((row) => row.kind))) {
      print(`${colors.bold(kind)}  ${colors.dim(registry.kinds.get(kind)?.summary ?? "")}\n`);
      const lines = alignColumns(rows.filter((row) => row.kind === kind).map((row) => [`  ${row.type}`, row.summary]));
      print(`${lines.join("\n")}\n\n`);
    }
    if (single) {
      const [row] = rows;
      print(`from ${row.plugin} ${row.version}\n`);
      print(`${optionLines(row.options).join("\n")}\n`);
    } else {
      print(colors.dim("pipe list TYPE shows a component's options\n"));
    }
    return exitCodes.done;
  },
});
