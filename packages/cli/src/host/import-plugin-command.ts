import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { importCommand, readPackageManifest } from "@eosin/core";
import type { AnyCommandDefinition } from "@eosin/plugin-api/commands";
import type { PackagePlace } from "@eosin/support/find-package";
import { admission } from "../trust/admission.js";
import { ownProject } from "../trust/own-project.js";

export interface PluginCommandModule {
  readonly name: string;
  /** Path in the package. */
  readonly module: string;
  readonly plugin: string;
  readonly place: PackagePlace;
}

/**
 * Imports a command as plugins are imported: once it was agreed to, where it is not of the project.
 * @param trust `--trust`
 * @throws EosinError `PLUGIN_UNTRUSTED`, `PLUGIN_API_VERSION`, `COMMAND_LOAD_FAILED`, `COMMAND_INVALID`
 */
export async function importPluginCommand(
  { name, module, plugin, place }: PluginCommandModule,
  trust: boolean,
): Promise<AnyCommandDefinition> {
  const url = pathToFileURL(join(place.folder, module)).href;
  const found = { ...place, request: plugin, manifest: readPackageManifest(place.folder), module: url };
  const admit = admission({
    project: ownProject(process.cwd()),
    whose: "the project of the working folder",
    trust,
  });
  await admit([found]);
  return importCommand(found, name);
}
