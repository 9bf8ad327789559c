import { API_VERSION } from "./api-version.js";
import type { AnyComponentDefinition } from "./component.js";
import type { KindDefinition } from "./kind.js";
import type { ServiceBinding } from "./service.js";

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

export type PluginInput = Pick<PluginDefinition, "name"> &
  Partial<Pick<PluginDefinition, "apiVersion" | "components" | "kinds" | "services" | "requires">>;

/**
 * The default export of a plugin's main module.
 * @example
 * export default definePlugin({ name: "my-plugin", components: [hedJitter] });
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
