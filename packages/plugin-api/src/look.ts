import { type Artifact, type ArtifactHandle, defineArtifact } from "./artifact.js";
import type { EosinError } from "./eosin-error.js";
import type { LookLine } from "./look-line.js";
import type { FaultSink, PlannedOutput } from "./planned.js";
import { anyJson } from "./schemas.js";
import type { StepContext } from "./step.js";
import { z } from "./zod.js";

/** The value of a `look` artifact: what shows only when that is opened which a planned component listed. */
export interface Look<Output extends PlannedOutput = PlannedOutput> {
  readonly lines: readonly LookLine[];
  /** What readers of the planned output get in its place, e.g. with a range that all its files made; absent where nothing changes. */
  readonly settled?: Output;
  /** Name of the blob that is a page about it, HTML without other files. */
  readonly page?: string;
}

/**
 * What a look runs with.
 * @given
 */
export interface LookContext<Output extends PlannedOutput = PlannedOutput> extends StepContext {
  /** What `plan` gave. */
  readonly planned: Output;
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

/** Artifacts of looks. */
export const lookArtifact = defineArtifact<"look", Look>(
  "look",
  z.object({
    lines: z.array(z.object({ level: z.enum(["note", "warning"]), text: z.string() })),
    settled: z
      .union([
        z.object({ value: z.unknown(), identity: anyJson }),
        z.object({ items: z.array(z.object({ key: z.string(), value: z.unknown(), identity: anyJson })) }),
      ])
      .optional(),
    page: z.string().optional(),
  }),
);
