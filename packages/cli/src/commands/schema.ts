import { exitCodes } from "../exit-codes.js";
import { installedPlugins } from "../installed-plugins.js";
import { schemaText } from "../schema-text.js";
import { print } from "../terminal.js";
import { writeOutput } from "../write-output.js";

export async function schema(options: { out?: string; plugin: readonly string[]; trust?: boolean }): Promise<number> {
  const registry = await installedPlugins(options.plugin, options.trust);
  const text = schemaText(registry);
  if (options.out === undefined) print(text);
  else {
    await writeOutput(options.out, text);
    print(`schema  ${options.out} (${registry.components().length} components)\n`);
  }
  return exitCodes.done;
}
