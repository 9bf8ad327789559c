import {
  type AnyComponentDefinition,
  builtInKinds,
  type ComponentSpec,
  EosinError,
  type JsonValue,
  type KindDefinition,
  type Logger,
  type PluginDefinition,
  type PluginModules,
  type ServiceBinding,
  type ServiceProvider,
} from "@eosin/plugin-api";
import type { ComponentContainer } from "./component-container.js";
import type { FoundPlugin, LockedPlugin } from "./locked-plugin.js";
import type { RegisteredComponent } from "./registered-component.js";

export interface LoadedPlugin {
  readonly definition: PluginDefinition;
  readonly found: FoundPlugin;
  /** Over its built files. */
  hash(): Promise<string>;
}

export type PluginLocks = { readonly [name: string]: LockedPlugin };

/** What the loaded plugins offer. Nothing of them is created before it is asked for. */
export interface PluginRegistry {
  readonly plugins: { readonly [name: string]: FoundPlugin };
  /** The plugins with the hashes of their files, which are taken when someone asks: checking a document needs none. */
  locks(): Promise<PluginLocks>;
  readonly modules: PluginModules;
  readonly kinds: ReadonlyMap<string, KindDefinition>;
  /** Sorted by type. */
  components(): readonly RegisteredComponent[];
  find(type: string): RegisteredComponent | undefined;
  readonly services: ServiceProvider;
  /**
   * Builds a component through the container.
   * @param spec Validated, with defaults filled in.
   * @param state What its `fit` returned, where it has one.
   * @throws EosinError `COMPONENT_MISSING`, `SERVICE_MISSING`, and what the component throws
   */
  create<Implementation>(spec: ComponentSpec<Implementation>, log: Logger, state?: JsonValue): Promise<Implementation>;
}

/** @throws EosinError `DUPLICATE_KIND`, `DUPLICATE_COMPONENT`, `DUPLICATE_SERVICE`, naming both packages */
export function createRegistry(loaded: readonly LoadedPlugin[]): PluginRegistry {
  const kinds = new OwnedMap<KindDefinition>("DUPLICATE_KIND", "kind");
  const components = new OwnedMap<AnyComponentDefinition>("DUPLICATE_COMPONENT", "component");
  const services = new OwnedMap<ServiceBinding>("DUPLICATE_SERVICE", "service");
  for (const kind of builtInKinds) kinds.add(kind.name, kind, "@eosin/plugin-api");
  for (const { definition: plugin } of loaded) {
    for (const kind of plugin.kinds) kinds.add(kind.name, kind, plugin.name);
    for (const component of plugin.components) components.add(component.type, component, plugin.name);
    for (const binding of plugin.services) services.add(binding.token.name, binding, plugin.name);
  }
  for (const { value, plugin } of components.values()) checkKind(value, plugin, kinds);

  const registered = components
    .values()
    .map(({ value, plugin }) => ({ definition: value, plugin }))
    .sort((a, b) => (a.definition.type < b.definition.type ? -1 : 1));
  const byType = new Map(registered.map((each) => [each.definition.type, each]));
  const modules = Object.fromEntries(loaded.map(({ definition, found }) => [definition.name, found.module]));
  let locks: Promise<PluginLocks> | undefined;

  // Loading inversify costs more than all of a warm run's planning, so it waits for the first creation.
  let container: Promise<ComponentContainer> | undefined;
  const whenNeeded = () => {
    container ??= import("./component-container.js").then(({ createComponentContainer }) =>
      createComponentContainer({
        components: registered,
        services: services.values().map(({ value, plugin }) => ({ binding: value, plugin })),
        modules,
      }),
    );
    return container;
  };

  return {
    plugins: Object.fromEntries(loaded.map(({ definition, found }) => [definition.name, found])),
    locks() {
      locks ??= lockAll(loaded);
      return locks;
    },
    modules,
    kinds: kinds.byName(),
    components: () => registered,
    find: (type) => byType.get(type),
    services: { get: async (token) => (await whenNeeded()).services.get(token) },
    create: async (spec, log, state) => (await whenNeeded()).create(spec, log, state),
  };
}

async function lockAll(loaded: readonly LoadedPlugin[]): Promise<PluginLocks> {
  const locked = loaded.map(async ({ definition, found, hash }) => [definition.name, { ...found, hash: await hash() }]);
  return Object.fromEntries(await Promise.all(locked));
}

function checkKind(component: AnyComponentDefinition, plugin: string, kinds: OwnedMap<KindDefinition>): void {
  if (kinds.has(component.kind)) return;
  throw new EosinError({
    code: "UNKNOWN_KIND",
    message: `The component ${component.type} of ${plugin} is of a kind that no loaded plugin defines.`,
    expected: `one of ${[...kinds.byName().keys()].join(", ")}`,
    found: component.kind,
    next: `Let ${plugin} bring the kind (definePlugin({ kinds: […] })) or require the plugin that does.`,
  });
}

/** A map that knows which package brought an entry, and refuses a second one of the same name. */
class OwnedMap<Value> {
  readonly #entries = new Map<string, { value: Value; plugin: string }>();

  constructor(
    readonly code: string,
    readonly what: string,
  ) {}

  add(name: string, value: Value, plugin: string): void {
    const first = this.#entries.get(name);
    if (first) {
      throw new EosinError({
        code: this.code,
        message: `The ${this.what} ${name} is defined twice.`,
        expected: "one definition",
        found: first.plugin === plugin ? `two in ${plugin}` : `one in ${first.plugin} and one in ${plugin}`,
        next: `Remove one of the two plugins from the document, or rename the ${this.what} in one of them.`,
      });
    }
    this.#entries.set(name, { value, plugin });
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  values(): { value: Value; plugin: string }[] {
    return [...this.#entries.values()];
  }

  byName(): ReadonlyMap<string, Value> {
    return new Map([...this.#entries].map(([name, { value }]) => [name, value]));
  }
}
