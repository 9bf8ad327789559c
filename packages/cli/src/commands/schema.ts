import { defineCommand, exitCodes, sharedOptions } from "@eosin/plugin-api/commands";
import { installedPlugins } from "../installed-plugins.js";
import { schemaText } from "../schema-text.js";
import { print } from "../terminal.js";
import { writeOutput } from "../write-output.js";

export default defineCommand({
  name: "schema",
  options: {
    out: { alias: "o", value: "file", help: "write to this file instead of standard output" },
    plugin: sharedOptions.plugin,
    trust: sharedOptions.trust,
  },
  async run(_, { options }) {
    const registry = await installedPlugins(options.plugin, options.trust);
    const text = schemaText(registry);
    if (options.out === undefined) print(text);
    else {
      await writeOutput(options.out, text);
      print(`schema  ${options.out} (${registry.components().length} components)\n`);
    }
    return exitCodes.done;
  },
});
