import { exitCodes } from "../exit-codes.js";
import { installedPlugins } from "../installed-plugins.js";
import { schemaText } from "../schema-text.js";
import { writeOutput } from "../write-output.js";

export async function schema(options: { out?: string; plugin: readonly string[]; trust?: boolean }): Promise<number> {
  const registry = await installedPlugins(options.plugin, options.trust);
  const text = schemaText(registry);
  if (options.out === undefined) process.stdout.write(text);
  else {
    await writeOutput(options.out, text);
    process.stdout.write(`schema  ${options.out} (${registry.components().length} components)\n`);
  }
  return exitCodes.done;
}
