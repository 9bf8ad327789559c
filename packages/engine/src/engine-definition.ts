import type { Engine, EngineAvailability, EngineIdentity, EngineRequest } from "@eosin/plugin-api/learning";

/** One engine: cheap to ask, dear to open. */
export interface EngineDefinition {
  readonly name: string;
  readonly precisions: readonly EngineIdentity["precision"][];
  /** Whether `auto` may take it. */
  readonly automatic: boolean;
  /** Looks at files only; loads no tensors. */
  availability(): EngineAvailability;
  /** What results would depend on, were it opened for this request. */
  identity(request: EngineRequest): EngineIdentity;
  open(identity: EngineIdentity): Promise<Engine>;
}
