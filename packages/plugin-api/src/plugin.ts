import { API_VERSION } from "./api-version.js";
import type { AnyComponentDefinition } from "./component.js";
import type { KindDefinition } from "./kind.js";
import type { ServiceBinding } from "./service.js";

/** A plugin as `definePlugin` makes it: what one package adds to Eosin. */
export interface PluginDefinition {
  readonly $eosin: "plugin";
  /** The package's name. */
  readonly name: string;
  /** The version of the contract that it was built for. */
  readonly apiVersion: string;
  readonly components: readonly AnyComponentDefinition[];
  readonly kinds: readonly KindDefinition[];
  // biome-ignore lint/suspicious/noExplicitAny: services of any type
  readonly services: readonly ServiceBinding<any>[];
  /** Plugins that must be loaded beside this one (for their services), found from this one's folder. */
  readonly requires: readonly string[];
}

/** What {@link definePlugin} takes: the name, and what the plugin has of the rest. */
export type PluginInput = Pick<PluginDefinition, "name"> &
  Partial<Pick<PluginDefinition, "apiVersion" | "components" | "kinds" | "services" | "requires">>;

/**
 * The default export of a plugin's main module.
 * @param plugin Its `name` is that of the package. Without `apiVersion` it is built for the contract that it imports.
 * @example
 * ```ts
 * import { definePlugin, noOptions } from "@eosin/plugin-api";
 * import { defineMetric } from "@eosin/plugin-api/learning";
 *
 * const tumourShare = defineMetric({
 *   type: "my/tumour-share",
 *   summary: "Share of the patch that was predicted to be tumour.",
 *   options: noOptions,
 *   create: () => ({
 *     higherIsBetter: true,
 *     measure: ({ prediction }) => prediction.reduce((sum, value) => sum + value, 0) / prediction.length,
 *   }),
 * });
 *
 * export default definePlugin({ name: "my-plugin", components: [tumourShare] });
 * ```
 */
export function definePlugin(plugin: PluginInput): PluginDefinition {
  return {
    $eosin: "plugin",
    apiVersion: API_VERSION,
    components: [],
    kinds: [],
    services: [],
    requires: [],
    ...plugin,
  };
}
