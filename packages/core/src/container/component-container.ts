import {
  type ComponentContext,
  type ComponentSpec,
  EosinError,
  type JsonValue,
  type Logger,
  type PluginModules,
  type ServiceProvider,
} from "@eosin/plugin-api";
import { Container } from "../packed/inversify.js";
import type { RegisteredComponent, RegisteredService } from "./registered-component.js";
import {
  createServiceFactory,
  createServiceProvider,
  type ServiceFactory,
  type ServiceLookup,
  type ServiceWaits,
} from "./service-factories.js";

export interface ComponentContainer {
  readonly services: ServiceProvider;
  create<Implementation>(spec: ComponentSpec<Implementation>, log: Logger, state?: JsonValue): Promise<Implementation>;
}

export interface ContainerContents {
  readonly components: readonly RegisteredComponent[];
  readonly services: readonly RegisteredService[];
  readonly modules: PluginModules;
}

/** What one component is made from, beside the container. */
interface Order {
  readonly options: ComponentSpec["with"];
  readonly log: Logger;
  readonly state?: JsonValue;
}

type ComponentFactory = (order: Order) => Promise<unknown>;

const silent: Logger = { info() {}, warn() {} };

/** Global symbols: two copies of a package agree on them. */
function componentToken(kind: string, type: string): symbol {
  return Symbol.for(`eosin:${kind}:${type}`);
}

/** Binds a factory of every component and every service under its token. */
export function createComponentContainer(contents: ContainerContents): ComponentContainer {
  const container = new Container();
  const lookup: ServiceLookup = {
    find: (symbol) => (container.isBound(symbol) ? container.get<ServiceFactory>(symbol) : undefined),
    known: contents.services,
  };
  const waits: ServiceWaits = new Map();
  for (const service of contents.services) {
    container
      .bind<ServiceFactory>(service.binding.token.symbol)
      .toDynamicValue(() => createServiceFactory(service, lookup, waits))
      .inSingletonScope();
  }
  for (const component of contents.components) {
    container
      .bind<ComponentFactory>(componentToken(component.definition.kind, component.definition.type))
      .toConstantValue(factoryOf(component));
  }

  function factoryOf({ definition, plugin }: RegisteredComponent): ComponentFactory {
    return async ({ options, log, state }) => {
      const context: ComponentContext<unknown> = {
        options,
        state,
        log,
        modules: contents.modules,
        services: createServiceProvider(lookup, log, `${definition.type} (${plugin})`),
        create: (inner, innerState) => create(inner, log, innerState),
      };
      return definition.create(context);
    };
  }

  async function create<Implementation>(
    spec: ComponentSpec<Implementation>,
    log: Logger,
    state?: JsonValue,
  ): Promise<Implementation> {
    const token = componentToken(spec.kind, spec.uses);
    if (!container.isBound(token)) {
      throw new EosinError({
        code: "COMPONENT_MISSING",
        message: `No loaded plugin has the ${spec.kind} ${spec.uses}.`,
        found: `plugins ${Object.keys(contents.modules).join(", ") || "none"}`,
        next: "Add the plugin that defines it to `plugins:` of the document.",
      });
    }
    const factory = container.get<ComponentFactory>(token);
    return (await factory({ options: spec.with, log, state })) as Implementation;
  }

  return { services: createServiceProvider(lookup, silent, "the core"), create };
}
