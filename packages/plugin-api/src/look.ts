import type { Artifact, ArtifactHandle } from "./artifact.js";
import type { EosinError } from "./eosin-error.js";
import type { JsonValue } from "./json.js";
import type { FaultSink, PlannedOutput } from "./planned.js";
import type { StepContext } from "./step.js";

/** A sentence about what was looked at: the run, the plan and the report say it. */
export interface LookLine {
  readonly level: "note" | "warning";
  readonly text: string;
}

/** The value of a `look` artifact: what shows only when that is opened which a planned component listed. */
export interface Look {
  readonly lines: readonly LookLine[];
  /** What readers of the planned output get in its place, e.g. with a range that all its files made; absent where nothing changes. */
  readonly settled?: PlannedOutput;
  /** Name of the blob that is a page about it, HTML without other files. */
  readonly page?: string;
}

/**
 * What a look runs with.
 * @given
 */
export interface LookContext extends StepContext {
  /** What `plan` gave. */
  readonly planned: PlannedOutput;
  /**
   * A folder that all looks of this component share, in every run with the store: for what is known by content. Anything
   * in it may be gone at any time.
   */
  readonly cache: string;
  /** See {@link FaultSink}. */
  readonly onFault?: FaultSink;
  /** Faults of items that planning left out, where it went past them. */
  readonly leftOut?: readonly EosinError[];
  /** The look at a planned step that the options name; nothing where its component has none. */
  lookAt(handle: ArtifactHandle): Promise<Artifact<Look> | undefined>;
}

/** For implementations: the value as the artifact holds it. */
export function lookValue(look: Look): JsonValue {
  return look as unknown as JsonValue;
}
