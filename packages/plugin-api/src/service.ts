import type { Logger } from "./logger.js";

/** A typed name of a service. Two copies of this package agree on it: the symbol is registered globally. */
export interface ServiceToken<Service> {
  readonly $eosin: "service-token";
  readonly name: string;
  readonly symbol: symbol;
  /** Carries the type; never set. */
  readonly $type?: Service;
}

/**
 * Makes the typed name of a service: plugins that must not import each other meet by it. Its type is in a package that both
 * import.
 * @param name `package-or-area/name`, e.g. `imaging/sample-loader`.
 * @example
 * ```ts
 * import { createServiceToken } from "@eosin/plugin-api";
 *
 * // Knows the organ of a slide.
 * export interface Atlas {
 *   organOf(slide: string): string | undefined;
 * }
 *
 * export const atlas = createServiceToken<Atlas>("my-lab/atlas");
 * ```
 */
export function createServiceToken<Service>(name: string): ServiceToken<Service> {
  return { $eosin: "service-token", name, symbol: Symbol.for(`eosin:service:${name}`) };
}

/** Gives the services that the loaded plugins bind. */
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

/**
 * Binds a service: the plugin lists it under `services`. It is created at first use, once a process.
 * @param create Makes it; what is expensive to load belongs in a module that this imports.
 * @example
 * ```ts
 * import { createServiceToken, definePlugin, defineService } from "@eosin/plugin-api";
 *
 * const atlas = createServiceToken<{ organOf(slide: string): string | undefined }>("my-lab/atlas");
 *
 * export default definePlugin({
 *   name: "my-lab",
 *   services: [defineService(atlas, () => ({ organOf: (slide) => slide.split("/")[0] }))],
 * });
 * ```
 */
export function defineService<Service>(
  token: ServiceToken<Service>,
  create: (context: ServiceContext) => Service | Promise<Service>,
): ServiceBinding<Service> {
  return { $eosin: "service", token, create };
}
