import type { AnyComponentDefinition, ComponentSpec, PluginModules } from "../component.js";
import type { JsonValue } from "../json.js";
import type { KindDefinition } from "../kind.js";
import type { ServiceProvider } from "../service.js";

/** Which plugins a command needs beside those that are found without being named. */
export interface PluginRequest {
  /** Packages or folders beside those that are found without being named, as the user typed them. */
  readonly more?: readonly string[];
  /** The value of `--trust`. */
  readonly trust?: boolean;
}

/** A component that the user names on the command line. */
export interface NamedComponent<Implementation = unknown> {
  readonly kind: KindDefinition<Implementation>;
  /** Its type, or YAML with its options: `{ uses: stain/macenko, with: { form: torchstain } }`. */
  readonly text: string;
  /** What holds the text, for messages: `--normalizer`. */
  readonly flag: string;
  /** Options that the text leaves open, where the component has them. */
  readonly fallback?: { readonly [option: string]: string };
}

/**
 * Plugins that were imported, outside any pipeline.
 * @given
 */
export interface LoadedPlugins {
  readonly modules: PluginModules;
  readonly services: ServiceProvider;
  /** @param type e.g. `stain/macenko` */
  find(type: string): AnyComponentDefinition | undefined;
  /**
   * Checks a component as a document's would be, and fills its defaults in. Relative paths start in the working folder.
   * @throws EosinError `UNKNOWN_COMPONENT`, `WRONG_KIND`, `UNKNOWN_KEY`, and what is wrong with its options
   */
  parse<Implementation>(named: NamedComponent<Implementation>): ComponentSpec<Implementation>;
  /**
   * Builds a component, which logs as the command does.
   * @param state What its `fit` returned, where it has one.
   */
  create<Implementation>(spec: ComponentSpec<Implementation>, state?: JsonValue): Promise<Implementation>;
}
