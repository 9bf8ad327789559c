import { componentReference } from "../../component-reference.js";
import { exitCodes } from "../../exit-codes.js";
import { installedPlugins } from "../../installed-plugins.js";
import { requestedPlugins } from "../../requested-plugins.js";
import { print } from "../../terminal.js";
import { writeOutput } from "../../write-output.js";

export async function reference(
  names: readonly string[],
  options: { readonly out?: string; readonly trust?: boolean },
): Promise<number> {
  const registry = await installedPlugins(names, options.trust);
  const text = componentReference(registry, names.length === 0 ? undefined : requestedPlugins(registry, names));
  if (options.out === undefined) print(text);
  else await writeOutput(options.out, text);
  return exitCodes.done;
}
