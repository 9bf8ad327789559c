import type { ArtifactHandle } from "./artifact.js";
import type { EosinErrorDetails } from "./eosin-error.js";

/**
 * What a component's `check` may look at beside its options.
 * @given
 */
export interface PlannedInputs {
  /**
   * The values of a planned step's output: of the item that the handle names, or of all where it names none.
   * @returns Undefined while no data is at hand (`pipe validate`), and for steps that are not planned.
   */
  planned<Value>(handle: ArtifactHandle<Value>): readonly Value[] | undefined;
}

/** A setting that a component would refuse when it runs. The core adds the place in the document. */
export interface RefusedSetting extends Omit<EosinErrorDetails, "place"> {
  /** The path of the option, e.g. `["size"]`, or `["network", "with", "weights"]` of a component that it names. */
  readonly option: readonly (string | number)[];
}
