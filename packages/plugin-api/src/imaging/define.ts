import type { z } from "zod";
import {
  augmenterKind,
  datasetKind,
  normalizerKind,
  postprocessKind,
  separatorKind,
  splitKind,
} from "../built-in-kinds.js";
import { type DefinitionOf, defineComponent } from "../component.js";
import { kindHelper, type PartDefinition } from "../kind-helper.js";
import { type DatasetComponent, datasetArtifact } from "./dataset.js";
import { type SplitComponent, splitArtifact } from "./split.js";

/** Defines a separator of stains: `create` gives a `Separator`. */
export const defineSeparator = kindHelper(separatorKind);

/** Defines a normalizer of stains: `create` gives a `Normalizer`. */
export const defineNormalizer = kindHelper(normalizerKind);

/**
 * Defines an augmenter: `create` gives an `Augmenter`.
 * @example
 * export const brightness = defineAugmenter({
 *   type: "my/brightness",
 *   summary: "Multiplies all channels by one random factor.",
 *   options: z.strictObject({ range: z.number().min(0).max(1).default(0.2).describe("either way") }),
 *   create: ({ options }) => createBrightness(options.range),
 * });
 */
export const defineAugmenter = kindHelper(augmenterKind);

/** Defines what cleans a predicted mask: `create` gives a `Postprocess`. */
export const definePostprocess = kindHelper(postprocessKind);

/** Defines a data set: `create` gives a `DatasetComponent`, which plans an index and reads its pixels. */
export function defineDataset<Schema extends z.ZodObject>(
  definition: Omit<PartDefinition<Schema, DatasetComponent>, "produces">,
): DefinitionOf<DatasetComponent> {
  return defineComponent({ ...definition, kind: datasetKind.name, produces: datasetArtifact });
}

/** Defines a split: `create` gives a `SplitComponent`, which plans a list of folds. */
export function defineSplit<Schema extends z.ZodObject>(
  definition: Omit<PartDefinition<Schema, SplitComponent>, "produces">,
): DefinitionOf<SplitComponent> {
  return defineComponent({ ...definition, kind: splitKind.name, produces: splitArtifact });
}
