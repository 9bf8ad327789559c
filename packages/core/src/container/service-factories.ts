import { EosinError, type Logger, type ServiceProvider, type ServiceToken } from "@eosin/plugin-api";
import type { RegisteredService } from "./registered-component.js";

/** Makes a service at the first call and gives the same one ever after. */
export type ServiceFactory = (log: Logger) => Promise<unknown>;

/** How services of one container find each other. */
export interface ServiceLookup {
  find(symbol: symbol): ServiceFactory | undefined;
  readonly known: readonly RegisteredService[];
}

/** Services that wait for each other while they are made: name → names that it asked for. */
export type ServiceWaits = Map<string, Set<string>>;

export function createServiceFactory(
  service: RegisteredService,
  lookup: ServiceLookup,
  waits: ServiceWaits,
): ServiceFactory {
  const { binding, plugin } = service;
  let made: Promise<unknown> | undefined;
  return (log) => {
    // Made after the promise is stored: a service that asks for itself must find it, not start over.
    made ??= Promise.resolve().then(() =>
      binding.create({
        log,
        services: createServiceProvider(lookup, log, `the service ${binding.token.name} (${plugin})`, (wanted) => {
          waits.set(binding.token.name, (waits.get(binding.token.name) ?? new Set()).add(wanted));
          refuseCycle(binding.token.name, wanted, waits);
        }),
      }),
    );
    return made;
  };
}

/** @param asker Named in errors, e.g. `stain/one-of (@eosin/plugins-stain)`. */
export function createServiceProvider(
  lookup: ServiceLookup,
  log: Logger,
  asker: string,
  beforeAsking: (wanted: string) => void = () => {},
): ServiceProvider {
  return {
    async get<Service>(token: ServiceToken<Service>): Promise<Service> {
      const factory = lookup.find(token.symbol);
      if (!factory) throw serviceMissing(token.name, asker, lookup.known);
      beforeAsking(token.name);
      return (await factory(log)) as Service;
    },
  };
}

function serviceMissing(wanted: string, asker: string, known: readonly RegisteredService[]): EosinError {
  return new EosinError({
    code: "SERVICE_MISSING",
    message: `No loaded plugin offers the service ${wanted}, which ${asker} asks for.`,
    expected: `a plugin that binds ${wanted}`,
    found: `services ${known.map(({ binding, plugin }) => `${binding.token.name} (${plugin})`).join(", ") || "none"}`,
    next: "Add the plugin that offers it to `plugins:` of the document.",
  });
}

function refuseCycle(from: string, wanted: string, waits: ServiceWaits): void {
  const path = pathBetween(wanted, from, waits);
  if (!path) return;
  throw new EosinError({
    code: "SERVICE_CYCLE",
    message: `Services need each other in a circle: ${[from, ...path].join(" → ")}.`,
    next: "Let one of them ask for the other when it is used, not when it is made.",
  });
}

function pathBetween(from: string, to: string, waits: ServiceWaits): readonly string[] | undefined {
  if (from === to) return [to];
  for (const next of waits.get(from) ?? []) {
    const rest = pathBetween(next, to, waits);
    if (rest) return [from, ...rest];
  }
  return undefined;
}
