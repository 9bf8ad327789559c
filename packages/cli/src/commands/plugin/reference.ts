import { defineCommand, exitCodes, sharedOptions } from "@eosin/plugin-api/commands";
import { componentReference } from "../../component-reference.js";
import { installedPlugins } from "../../installed-plugins.js";
import { requestedPlugins } from "../../requested-plugins.js";
import { print } from "../../terminal.js";
import { writeOutput } from "../../write-output.js";

export default defineCommand({
  name: "plugin reference",
  arguments: {
    plugins: { optional: true, repeatable: true, help: "only of these plugins: packages or folders" },
  },
  options: {
    out: { alias: "o", value: "file", help: "write to this file instead of standard output" },
    trust: sharedOptions.trust,
  },
  async run(_, { arguments: { plugins: names }, options }) {
    const registry = await installedPlugins(names, options.trust);
    const text = componentReference(registry, names.length === 0 ? undefined : requestedPlugins(registry, names));
    if (options.out === undefined) print(text);
    else await writeOutput(options.out, text);
    return exitCodes.done;
  },
});
