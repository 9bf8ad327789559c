import type { AnyComponentDefinition, ComponentContext, ComponentSpec, DefinitionOf } from "../component.js";
import { EosinError } from "../eosin-error.js";
import type { JsonObject, JsonValue } from "../json.js";
import type { Fallback, Logger } from "../logger.js";
import type { ServiceBinding, ServiceProvider, ServiceToken } from "../service.js";

/** What all checks take. */
export interface CheckedWith {
  /** As they would be under `with:`. */
  readonly options?: object;
  /** Components that the options name, e.g. the choices of an augmenter that picks among others. */
  readonly components?: readonly AnyComponentDefinition[];
  /** Services that the component asks for. */
  // biome-ignore lint/suspicious/noExplicitAny: services of any type
  readonly services?: readonly ServiceBinding<any>[];
}

/** A component, built as the core builds it, and what it said. */
export interface BuiltComponent<Implementation> {
  readonly it: Implementation;
  readonly fallbacks: readonly Fallback[];
}

/**
 * Builds a component without the core: options validated, defaults filled in, the components that they name built too.
 * @throws EosinError `CHECK_FAILED` where the options are refused or name a component that was not given.
 */
export async function buildComponent<Implementation>(
  definition: DefinitionOf<Implementation>,
  { options = {}, components = [], services = [] }: CheckedWith,
  state?: JsonValue,
): Promise<BuiltComponent<Implementation>> {
  const fallbacks: Fallback[] = [];
  const log: Logger = { info: () => {}, warn: (_message, about) => void (about && fallbacks.push(about)) };
  const provider = serviceProvider(definition.type, services, log);
  const make = async (each: AnyComponentDefinition, given: object, itsState?: JsonValue): Promise<unknown> => {
    const context: ComponentContext<JsonObject> = {
      options: parsedOptions(each, given),
      state: itsState,
      log,
      modules: {},
      services: provider,
      create: <Inner>(spec: ComponentSpec<Inner>, inner?: JsonValue) =>
        make(componentNamed(spec, [definition, ...components]), spec.with, inner) as Promise<Inner>,
    };
    return each.create(context);
  };
  return { it: (await make(definition, options, state)) as Implementation, fallbacks };
}

/** @throws EosinError `CHECK_FAILED` with what the schema says. */
export function parsedOptions(definition: AnyComponentDefinition, given: object): JsonObject {
  const parsed = definition.options.safeParse(given);
  if (parsed.success) return parsed.data as JsonObject;
  throw new EosinError({
    code: "CHECK_FAILED",
    message: `The options of ${definition.type} are refused.`,
    place: definition.type,
    found: JSON.stringify(given),
    expected: parsed.error?.message,
    next: "Give those that have no default: check…(component, { options: { … } }).",
  });
}

/** @throws EosinError `CHECK_FAILED` where the check was not given it. */
export function componentNamed<Implementation>(
  spec: ComponentSpec<Implementation>,
  components: readonly AnyComponentDefinition[],
): DefinitionOf<Implementation> {
  const found = components.find(({ type, kind }) => type === spec.uses && kind === spec.kind);
  // A component of a kind implements what the kind says.
  if (found) return found as DefinitionOf<Implementation>;
  throw new EosinError({
    code: "CHECK_FAILED",
    message: `The options name the ${spec.kind} ${spec.uses}, which was not given.`,
    expected: `check…(component, { components: [the definition of ${spec.uses}] })`,
  });
}

/** Services from the bindings that a check was given. */
export function serviceProvider(
  type: string,
  bindings: NonNullable<CheckedWith["services"]>,
  log: Logger = { info: () => {}, warn: () => {} },
): ServiceProvider {
  const provider: ServiceProvider = {
    async get<Service>(token: ServiceToken<Service>): Promise<Service> {
      const binding = bindings.find((each) => each.token.name === token.name);
      if (binding) return (await binding.create({ services: provider, log })) as Service;
      throw new EosinError({
        code: "SERVICE_MISSING",
        message: `${type} asks for the service ${token.name}, which was not given.`,
        expected: `check…(component, { services: [a binding of ${token.name}] })`,
      });
    },
  };
  return provider;
}
