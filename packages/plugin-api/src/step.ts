import type { Artifact, ArtifactHandle } from "./artifact.js";
import type { EngineIdentity } from "./engine-identity.js";
import type { JsonObject, JsonValue } from "./json.js";
import type { Logger } from "./logger.js";
import type { LookLine } from "./look-line.js";
import type { Rng } from "./random/rng.js";
import { z } from "./zod.js";

/** How far a step is. Numbers in `values` are shown by their names, e.g. `{ loss: 0.41, dice: 0.73 }`. */
export interface ProgressUpdate {
  /** What is counted: `epoch`, `patch`, `file`. */
  readonly unit: string;
  /** Units that are complete; a fraction says how far the next one is. */
  readonly current: number;
  readonly total?: number;
  readonly values?: { readonly [name: string]: number };
  /** e.g. `{ value: 31.2, unit: "images/s" }` */
  readonly rate?: { readonly value: number; readonly unit: string };
  readonly message?: string;
}

/**
 * Takes what a step writes.
 * @given
 */
export interface OutputWriter {
  /** Adds a blob from memory. `name`: a relative path with forward slashes, unique in the artifact. */
  write(name: string, data: Uint8Array | string): Promise<void>;
  /** Adds a blob by moving a file out of `scratch`. */
  moveIn(name: string, path: string): Promise<void>;
}

/**
 * What a report may say about the run that it is part of.
 * @given
 */
export interface RunProvenance {
  readonly document: { readonly name: string; readonly description?: string; readonly file: string };
  readonly profile?: string;
  readonly params: JsonObject;
  readonly seed: number;
  readonly plugins: { readonly [name: string]: string };
  readonly engine?: JsonObject;
  /** The instance that asks and all that it depends on, in plan order. */
  readonly steps: readonly TracedStep[];
  /** What the looks at planned steps among them said, in plan order. */
  readonly looks: readonly TracedLook[];
}

/** What was said of a planned step when it was opened. */
export interface TracedLook {
  /** The planned instance, e.g. `data`. */
  readonly instance: string;
  readonly lines: readonly LookLine[];
}

/** Where a figure comes from: one instance, what it was made with, and the line of the document that asks for it. */
export interface TracedStep {
  readonly instance: string;
  readonly uses: string;
  /** The package that defines the component; `RunProvenance.plugins` has its version. */
  readonly plugin: string;
  readonly fingerprint: string;
  /** `file:line`, the file relative to the folder of the document. */
  readonly place: string;
  /** Instances that it reads. */
  readonly inputs: readonly string[];
  /** Resolved, defaults filled in. */
  readonly options: JsonValue;
}

/**
 * An artifact that an option named and that could not be made.
 * @given
 */
export interface MissingInput {
  /** e.g. `evaluate[alpha=0.3,fold=fold-0]` */
  readonly instance: string;
  readonly axes: { readonly [axis: string]: string };
  /** The instance that failed: itself, or one that it needed. */
  readonly because: string;
  /** Of the error. */
  readonly code: string;
  readonly message: string;
}

/**
 * What a step runs with.
 * @example
 * ```ts
 * import type { StepComponent } from "@eosin/plugin-api";
 *
 * export const drawn: StepComponent<{ numbers: number }> = {
 *   async run(context) {
 *     const rng = context.rng("numbers");
 *     const numbers = Float32Array.from({ length: 1000 }, () => rng.normal());
 *     context.signal.throwIfAborted();
 *     context.progress({ unit: "number", current: numbers.length, total: numbers.length });
 *     await context.output.write("numbers.bin", new Uint8Array(numbers.buffer));
 *     return { numbers: numbers.length };
 *   },
 * };
 * ```
 * @given
 */
export interface StepContext {
  /** e.g. `train[fold-0]`. */
  readonly instance: string;
  readonly axes: { readonly [axis: string]: string };
  readonly seed: number;
  /** The threads that the plan gives this instance. */
  readonly threads: number;
  /** What computes it: open it through the service `engineProvider`. Present where the component, or one that its options name, uses an engine. */
  readonly engine?: EngineIdentity;
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly output: OutputWriter;
  /** A folder of this instance's own that outlives a killed run (checkpoints belong here) and is removed on success. */
  readonly scratch: string;
  readonly baseFolder: string;
  readonly provenance: RunProvenance;
  /** Only for components with `doesWithout`, where something is missing. */
  readonly missing?: readonly MissingInput[];
  /**
   * A picture of the steps that this instance depends on, and itself: SVG, a box a step, coloured by what happened to its
   * instances (done, failed, skipped for one that failed). For reporters: only their outputs are made again where the
   * document's name, or the names or lines of its steps, change.
   */
  drawSteps(): Promise<string>;
  /**
   * Opens an artifact that an option names. Of a planned list it is the item that the handle names, as under `each`, or
   * the only one.
   * @throws EosinError `INPUT_MISSING` where it is not stored, `SEVERAL_ITEMS` where the handle stands for several
   */
  open<Value>(handle: ArtifactHandle<Value>): Promise<Artifact<Value>>;
  /** The values of a planned list: of the item that the handle names, else of all; of anything else, the one value. */
  openItems<Value>(handle: ArtifactHandle<Value>): Promise<readonly Value[]>;
  progress(update: ProgressUpdate): void;
  /** A stream keyed by (seed, component type, key…): never by order of execution. */
  rng(...key: readonly (string | number)[]): Rng;
}

/** Implementation of the kinds with role `step`. */
export interface StepComponent<Value = unknown> {
  /**
   * @returns The artifact's small value, plain JSON as its type wants it; blobs go through `context.output`. The same
   * options, inputs, seed and engine must give the same bytes.
   */
  run(context: StepContext): Promise<Value>;
}

/** For components without options. */
export const noOptions = z.strictObject({});
