import { fileURLToPath } from "node:url";
import { componentOptions, type OptionSummary, type PluginRegistry, readPackageManifest } from "@eosin/core";
import { manifestCommands } from "./host/manifest-commands.js";

export interface ComponentSummary {
  readonly type: string;
  readonly kind: string;
  readonly summary: string;
  readonly options: readonly OptionSummary[];
}

export interface PluginSummary {
  readonly name: string;
  readonly version: string;
  /** The version of the contract that it was built for. */
  readonly apiVersion: string;
  /** `file:` URL. */
  readonly folder: string;
  readonly requires: readonly string[];
  /** Those that `pipe` has through it. */
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  /** Sorted by kind, in the order of the kinds, then by type. */
  readonly components: readonly ComponentSummary[];
}

/** What is loaded, for people, in the order in which it was named. */
export function pluginSummaries(registry: PluginRegistry): readonly PluginSummary[] {
  const kinds = [...registry.kinds.keys()];
  return Object.entries(registry.plugins).map(([name, { version, apiVersion, folder, requires }]) => ({
    name,
    version,
    apiVersion,
    folder,
    requires: [...requires],
    commands: commandsOf(folder),
    components: registry
      .components()
      .filter(({ plugin }) => plugin === name)
      .map(({ definition }) => ({
        type: definition.type,
        kind: definition.kind,
        summary: definition.summary,
        options: componentOptions(definition),
      }))
      .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind)),
  }));
}

function commandsOf(folder: string): PluginSummary["commands"] {
  const { commands } = manifestCommands(readPackageManifest(fileURLToPath(folder)));
  return commands.flatMap(({ name, summary, module }) => (module === undefined ? [] : [{ name, summary }]));
}
