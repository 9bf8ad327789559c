import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { importCommand, type PluginPackage, readPackageManifest } from "@eosin/core";
import { EosinError } from "@eosin/plugin-api";
import { type AnyCommandDefinition, sharedOptions } from "@eosin/plugin-api/commands";
import { admission } from "../trust/admission.js";
import { ownProject } from "../trust/own-project.js";
import { type CommandPackage, placeOf } from "./command-packages.js";
import { commanderCommand } from "./commander-command.js";

export interface PluginCommandModule {
  readonly name: string;
  /** Path in the package. */
  readonly module: string;
  readonly from: CommandPackage;
}

/**
 * Imports a command as plugins are imported: once it was agreed to, where it is not of the project.
 * @param trust `--trust`
 * @throws EosinError `PLUGIN_UNTRUSTED`, `PLUGIN_API_VERSION`, `COMMAND_LOAD_FAILED`, `COMMAND_INVALID`
 */
export async function importPluginCommand(
  { name, module, from }: PluginCommandModule,
  trust: boolean,
): Promise<AnyCommandDefinition> {
  const place = placeOf(from);
  const url = pathToFileURL(join(place.folder, module)).href;
  const found = { ...place, request: from.name, manifest: readPackageManifest(place.folder), module: url };
  const admit = admission({
    project: ownProject(process.cwd()),
    whose: "the project of the working folder",
    trust,
  });
  await admit([found]);
  const command = await importCommand(found, name);
  // Whoever is asked to agree must be able to say so, whatever the command itself takes.
  const offered = from.isOwn ? command : { ...command, options: { trust: sharedOptions.trust, ...command.options } };
  checkDefinition(offered, found);
  return offered;
}

function checkDefinition(definition: AnyCommandDefinition, { request, module }: PluginPackage): void {
  try {
    commanderCommand(definition, async () => {});
  } catch (cause) {
    throw new EosinError({
      code: "COMMAND_INVALID",
      message: `The command ${definition.name} of ${request} has arguments or options that no call can give.`,
      place: fileURLToPath(module),
      expected: "keys in camel case, each flag and each letter once, the repeatable argument last",
      found: (cause as Error).message,
      next: "Correct its defineCommand({ arguments, options }).",
      cause,
    });
  }
}
