import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EosinError } from "@eosin/plugin-api";
import type { AnyCommandDefinition } from "@eosin/plugin-api/commands";
import { messageOf } from "@eosin/support/message-of";
import { checkApiVersion, checkContractRange } from "./compatibility.js";
import type { PluginPackage } from "./plugin-package.js";

/**
 * Imports a command that a plugin lists.
 * @param found `module` is the one that the command is listed with.
 * @param name As it is listed.
 * @throws EosinError `PLUGIN_API_VERSION`, `COMMAND_LOAD_FAILED`, `COMMAND_INVALID`
 */
export async function importCommand(found: PluginPackage, name: string): Promise<AnyCommandDefinition> {
  const { module, folder } = found;
  const file = fileURLToPath(module);
  const listing = join(folder, "package.json");
  if (!existsSync(file)) {
    throw invalid(found, name, listing, `a module ${file}`, "no such file", "Build the plugin, or correct the path.");
  }
  checkContractRange(found);
  const exported = await load(found, name);
  const expected = `export default defineCommand({ name: "${name}", … })`;
  if (!isCommand(exported)) {
    const what = exported === undefined ? "no default export" : `a default export of type ${typeof exported}`;
    throw invalid(found, name, file, expected, what, "Export the command by default, or correct the path.");
  }
  checkApiVersion(found, exported.apiVersion);
  if (exported.name !== name) {
    const what = `defineCommand({ name: "${exported.name}", … })`;
    throw invalid(found, name, file, expected, what, `Give it one name here and in ${listing}.`);
  }
  return exported;
}

async function load({ module, request }: PluginPackage, name: string): Promise<unknown> {
  try {
    return ((await import(module)) as { default?: unknown }).default;
  } catch (cause) {
    throw new EosinError({
      code: "COMMAND_LOAD_FAILED",
      message: `The command ${name} of ${request} could not be loaded: ${messageOf(cause)}`,
      place: fileURLToPath(module),
      next: "Install the plugin's dependencies (npm install in its folder), or correct the module.",
      cause,
    });
  }
}

function isCommand(value: unknown): value is AnyCommandDefinition {
  return typeof value === "object" && value !== null && (value as { $eosin?: unknown }).$eosin === "command";
}

function invalid(
  { request }: PluginPackage,
  name: string,
  place: string,
  expected: string,
  found: string,
  next: string,
): EosinError {
  return new EosinError({
    code: "COMMAND_INVALID",
    message: `${request} lists the command ${name}, but its module is not that command.`,
    place,
    expected,
    found,
    next,
  });
}
