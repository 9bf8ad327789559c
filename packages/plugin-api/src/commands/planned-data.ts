import type { Artifact } from "../artifact.js";
import type { EosinError } from "../eosin-error.js";
import type { Look } from "../look.js";
import type { PlannedOutput } from "../planned.js";
import type { ProgressUpdate } from "../step.js";
import type { OptionValues } from "./command-option.js";
import type { pipelineOptions } from "./shared-options.js";

/** Which pipeline, with the values of `pipelineOptions`. */
export interface DataRequest extends OptionValues<typeof pipelineOptions> {
  readonly file: string;
  /** The document, where no such file is to be read; plugins and paths are found as if it were `file`. */
  readonly text?: string;
}

/** The fault of one item, or (of none) of all of them together. */
export interface ItemFault {
  readonly item?: string;
  readonly error: EosinError;
}

/**
 * A planned step.
 * @given
 */
export interface PlannedDataStep {
  /** e.g. `data` */
  readonly instance: string;
  readonly uses?: string;
  /** Absent where it could not be planned: `faults` says why. */
  readonly output?: PlannedOutput;
  /** The instance that opens what this one lists, where its component has a look. */
  readonly look?: string;
  readonly faults: readonly ItemFault[];
}

/**
 * What a look at a step found.
 * @given
 */
export interface StepLook {
  /** Absent where it could not be made at all: `faults` says why. */
  readonly look?: Artifact<Look>;
  readonly faults: readonly ItemFault[];
  /** It was stored. */
  readonly reused: boolean;
}

/** How {@link PlannedData.look} opens the data. */
export interface LookRequest {
  /** Looks again at what is stored. */
  readonly fresh: boolean;
  readonly signal: AbortSignal;
  progress(update: ProgressUpdate): void;
}

/**
 * The data of a pipeline as it was planned.
 * @given
 */
export interface PlannedData {
  /** In plan order; what could not be planned comes last. */
  readonly steps: readonly PlannedDataStep[];
  /**
   * Opens everything that the steps list, past the faults of single items; what is without fault is stored as a run
   * would store it.
   * @returns By the step's instance; without those whose inputs could not be opened.
   */
  look(request: LookRequest): Promise<ReadonlyMap<string, StepLook>>;
}
