import type { ComponentContext, ComponentSpec, PluginModules } from "./component.js";
import { EosinError } from "./eosin-error.js";
import type { JsonValue } from "./json.js";
import type { Logger } from "./logger.js";
import type { PluginDefinition } from "./plugin.js";
import type { ServiceProvider } from "./service.js";

/** What {@link instantiate} builds a component with, beside its spec. */
export interface InstantiateOptions {
  readonly modules: PluginModules;
  readonly log: Logger;
  readonly state?: JsonValue;
}

const noServices: ServiceProvider = {
  get: async (token) => {
    throw new EosinError({
      code: "SERVICE_MISSING",
      message: `The service ${token.name} is not available inside a worker thread.`,
      next: "Ask for it where the component is created by a step, and pass plain data to the worker.",
    });
  },
};

/**
 * Builds a component without the container: how worker threads make theirs, from plain data alone.
 * The spec must be one that the core has validated (so that `plugin` is set and `with` is complete).
 * Services are not available there.
 * @throws EosinError `PLUGIN_MISSING`, `COMPONENT_MISSING`, and what the component throws
 * @example
 * ```ts
 * import { workerData } from "node:worker_threads";
 * import { type ComponentSpec, instantiate, type PluginModules } from "@eosin/plugin-api";
 * import type { Normalizer } from "@eosin/plugin-api/imaging";
 *
 * const { spec, modules } = workerData as { spec: ComponentSpec<Normalizer>; modules: PluginModules };
 * export const normalizer = await instantiate(spec, { modules, log: { info: console.log, warn: console.warn } });
 * ```
 */
export async function instantiate<Implementation>(
  spec: ComponentSpec<Implementation>,
  how: InstantiateOptions,
): Promise<Implementation> {
  const url = spec.plugin === undefined ? undefined : how.modules[spec.plugin];
  if (url === undefined) {
    throw new EosinError({
      code: "PLUGIN_MISSING",
      message: `No plugin is loaded that defines ${spec.uses}.`,
      found: `plugins ${Object.keys(how.modules).join(", ") || "none"}`,
    });
  }
  const plugin = ((await import(url)) as { default: PluginDefinition }).default;
  const definition = plugin.components.find((each) => each.type === spec.uses && each.kind === spec.kind);
  if (!definition) {
    throw new EosinError({ code: "COMPONENT_MISSING", message: `${plugin.name} has no ${spec.kind} ${spec.uses}.` });
  }
  const context: ComponentContext<unknown> = {
    options: spec.with,
    state: how.state,
    modules: how.modules,
    log: how.log,
    services: noServices,
    create: (inner, state) => instantiate(inner, { ...how, state }),
  };
  return (await definition.create(context)) as Implementation;
}
