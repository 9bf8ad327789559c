import { type PluginRegistry, parseComponent } from "@eosin/core";
import type { LoadedPlugins } from "@eosin/plugin-api/commands";
import { stderrLogger } from "../stderr-logger.js";

export function loadedPlugins(registry: PluginRegistry): LoadedPlugins {
  const { modules, services } = registry;
  return {
    modules,
    services,
    find: (type) => registry.find(type)?.definition,
    parse: (named) => parseComponent(named, registry),
    create: (spec, state) => registry.create(spec, stderrLogger, state),
  };
}
