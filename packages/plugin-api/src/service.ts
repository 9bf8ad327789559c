import type { Logger } from "./logger.js";

/** A typed name of a service. Two copies of this package agree on it: the symbol is registered globally. */
export interface ServiceToken<Service> {
  readonly $eosin: "service-token";
  readonly name: string;
  readonly symbol: symbol;
  /** Carries the type; never set. */
  readonly $type?: Service;
}

/** @param name `package-or-area/name`, e.g. `imaging/sample-loader`. */
export function createServiceToken<Service>(name: string): ServiceToken<Service> {
  return { $eosin: "service-token", name, symbol: Symbol.for(`eosin:service:${name}`) };
}

export interface ServiceProvider {
  /** @throws EosinError `SERVICE_MISSING`, naming the token and who asked. */
  get<Service>(token: ServiceToken<Service>): Promise<Service>;
}

/**
 * What a service is made with.
 * @given
 */
export interface ServiceContext {
  readonly services: ServiceProvider;
  readonly log: Logger;
}

/** A service that a plugin binds; created at first use, once a process. */
export interface ServiceBinding<Service = unknown> {
  readonly $eosin: "service";
  readonly token: ServiceToken<Service>;
  create(context: ServiceContext): Service | Promise<Service>;
}

export function defineService<Service>(
  token: ServiceToken<Service>,
  create: (context: ServiceContext) => Service | Promise<Service>,
): ServiceBinding<Service> {
  return { $eosin: "service", token, create };
}
