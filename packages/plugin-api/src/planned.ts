import type { Artifact, ArtifactHandle } from "./artifact.js";
import type { EosinError } from "./eosin-error.js";
import type { JsonValue } from "./json.js";
import type { Logger } from "./logger.js";
import type { Rng } from "./random/rng.js";
import type { ServiceProvider } from "./service.js";

/** What is known of files by their content, remembered while their size, times and inode stay the same. */
export interface FileHasher {
  /** @returns Lower-case hexadecimal digests in the order of `paths`. @throws EosinError `FILE_MISSING`, naming the file. */
  hashAll(paths: readonly string[]): Promise<readonly string[]>;
  /**
   * Digests of files with what `read` says of them, such as their headers: files that are not known, or have changed, are
   * read once for both. Faults are not remembered. Absent where nothing is remembered at all.
   * @param kind What is read, with a number that counts up when `read` says something else of the same file.
   * @param read Gets the whole content of a small file; it may be looked at until what is returned settles.
   * @returns In the order of `paths`.
   */
  factsOf?<Fact extends JsonValue>(
    kind: string,
    paths: readonly string[],
    read: (path: string, whole?: Buffer) => Promise<Fact>,
  ): Promise<readonly PromiseSettledResult<KnownFile<Fact>>[]>;
}

/** A file's content in short. */
export interface KnownFile<Fact extends JsonValue = JsonValue> {
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** What the reader said of it. Shared among files of which it says the same: it must not be changed. */
  readonly fact: Fact;
}

/** Takes the faults of single items, by id (of none: of all together). Who gives one wants to hear of all, and to have the rest. */
export type FaultSink = (item: string | undefined, error: EosinError) => void;

/**
 * What a planned component runs with.
 * @example
 * ```ts
 * import type { ArtifactHandle, PlanContext } from "@eosin/plugin-api";
 * import type { DatasetIndex } from "@eosin/plugin-api/imaging";
 *
 * // The ids of a dataset, in an order that depends on the seed of the document alone.
 * export async function shuffledIds(context: PlanContext, dataset: ArtifactHandle<DatasetIndex>): Promise<string[]> {
 *   const { value } = await context.open(dataset);
 *   return context.rng("order").shuffle(value.samples.map(({ id }) => id));
 * }
 * ```
 * @given
 */
export interface PlanContext {
  readonly seed: number;
  /**
   * Samples that a data set may have in this plan (`--limit samples=…`); a longer list is refused. A data set that makes
   * its samples up refuses before it makes too many.
   */
  readonly maxSamples?: number;
  /** The folder of the document: what relative paths of its options are relative to. */
  readonly baseFolder: string;
  readonly files: FileHasher;
  readonly services: ServiceProvider;
  readonly log: Logger;
  /** Opens the output of another planned step, as `StepContext.open` does. */
  open<Value>(handle: ArtifactHandle<Value>): Promise<Artifact<Value>>;
  /** See `StepContext.openItems`. */
  openItems<Value>(handle: ArtifactHandle<Value>): Promise<readonly Value[]>;
  rng(...key: readonly (string | number)[]): Rng;
  /** Where it is given, an item at fault is told to it and left out; else the first fault is thrown and carries the others. */
  readonly onFault?: FaultSink;
}

/** One item of a planned list: an instance of the steps that fan out over it. */
export interface PlannedItem<Value = unknown> {
  /** Short, unique in its list, fit for a file name: `fold-0`. */
  readonly key: string;
  readonly value: Value;
  /** What the fingerprint of a consumer takes in: content, never paths. */
  readonly identity: JsonValue;
}

/** One value, or a list that `each` can fan out over. */
export type PlannedOutput<Value = unknown> = PlannedValue<Value> | PlannedList<Value>;

/** A planned output of one value. */
export interface PlannedValue<Value = unknown> {
  readonly value: Value;
  readonly identity: JsonValue;
}

/** A planned output that `each` can fan out over, e.g. the folds of a split. */
export interface PlannedList<Value = unknown> {
  readonly items: readonly PlannedItem<Value>[];
}

/** One value, with what a look at it tells beside its content, e.g. files that were passed over. */
export interface SaidOutput<Value = unknown> extends PlannedValue<Value> {
  /** With another, it is looked at again; those that read the value do not depend on it. */
  readonly said: JsonValue;
}
