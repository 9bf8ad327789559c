import type {
  Engine,
  EngineAvailability,
  EngineIdentity,
  EngineInstallation,
  EngineRequest,
} from "@eosin/plugin-api/learning";

// Apart from the rest: every plan asks which engines there are, and hardly any opens one.
export { deviceErrorCode, requireDevice } from "./require-device.js";

/** One engine: cheap to ask, expensive to open. */
export interface EngineDefinition {
  readonly name: string;
  readonly precisions: readonly EngineIdentity["precision"][];
  /** Whether `auto` may take it. */
  readonly automatic: boolean;
  /** Looks at files only; loads no tensors. */
  availability(): EngineAvailability;
  /**
   * What results would depend on, were it opened for this request.
   * @throws EosinError `ENGINE_DEVICE` where it has not the device that is asked for.
   */
  identity(request: EngineRequest): EngineIdentity;
  open(identity: EngineIdentity): Promise<Engine>;
  /**
   * Absent where nothing needs installing.
   * @param variant The engine's name, or one of `installNames`.
   */
  install?(how: EngineInstallation, variant: string): Promise<void>;
  /** Variants that `install` knows beside the engine's own name. */
  readonly installNames?: readonly string[];
}

/**
 * The version of an engine, which results depend on: of our kernels and of the library's.
 * @param own Version of the package that brings the engine.
 */
export function engineVersion(own: string, library: string, libraryVersion: string): string {
  return `${own}+${library}-${libraryVersion}`;
}
