import type { AnyComponentDefinition, ServiceBinding } from "@eosin/plugin-api";

export interface RegisteredComponent {
  readonly definition: AnyComponentDefinition;
  /** The package that defines it. */
  readonly plugin: string;
}

export interface RegisteredService {
  readonly binding: ServiceBinding;
  readonly plugin: string;
}
