import { defineArtifact } from "../artifact.js";
import type { PlannedList } from "../planned.js";
import type { PlannedComponent } from "../planned-component.js";
import { z } from "../zod.js";
import { type DatasetIndex, datasetArtifact } from "./dataset.js";

/** The parts of a split. */
export type SplitPart = "train" | "validation" | "test";

/** The value of one item of a `split` artifact: ids of the dataset by part, each sorted as the split chose. */
export interface Split {
  readonly key: string;
  readonly dataset: DatasetIndex;
  readonly train: readonly string[];
  readonly validation: readonly string[];
  readonly test: readonly string[];
  /** The attribute whose equal values were kept on one side, e.g. `patient`: what figures are resampled by. */
  readonly groupBy?: string;
}

/**
 * Implementation of the kind `split`: a planned list whose items are {@link Split}s, keyed `fold-0`, `fold-1`… The
 * identity of an item is the content of its parts: the hashes of their samples.
 * @example
 * ```ts
 * import type { ArtifactHandle } from "@eosin/plugin-api";
 * import type { DatasetIndex, SplitComponent } from "@eosin/plugin-api/imaging";
 *
 * // Trains and tests on everything: to see whether a network can learn a dataset by heart.
 * export function byHeart(handle: ArtifactHandle<DatasetIndex>): SplitComponent {
 *   return {
 *     async plan(context) {
 *       const { value: dataset } = await context.open(handle);
 *       const ids = dataset.samples.map(({ id }) => id);
 *       const split = { key: "fold-0", dataset, train: ids, validation: [], test: ids };
 *       return { items: [{ key: split.key, value: split, identity: dataset.samples.map(({ hash }) => hash) }] };
 *     },
 *   };
 * }
 * ```
 */
export type SplitComponent = PlannedComponent<PlannedList<Split>>;

const ids = z.array(z.string());

/** Artifacts of splits: the value of an item, a fold. */
export const splitArtifact = defineArtifact<"split", Split>(
  "split",
  z.object({
    key: z.string(),
    dataset: datasetArtifact.schema,
    train: ids,
    validation: ids,
    test: ids,
    groupBy: z.string().optional(),
  }),
);
