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

/**
 * Defines a separator of stains: `create` gives a `Separator`.
 * @example
 * ```ts
 * import { defineSeparator, type Separator } from "@eosin/plugin-api/imaging";
 * import { z } from "zod";
 *
 * // In a module of its own, which `create` imports.
 * declare function createOpposite(angle: number): Separator;
 *
 * export const opposite = defineSeparator({
 *   type: "my/opposite",
 *   summary: "Two stains at a fixed angle.",
 *   options: z.strictObject({ angle: z.number().min(0).max(90).default(30).describe("Degrees between the stains") }),
 *   create: ({ options }) => createOpposite(options.angle),
 * });
 * ```
 */
export const defineSeparator = kindHelper(separatorKind);

/**
 * Defines a normalizer of stains: `create` gives a `Normalizer`. What its `fit` returned is `state`.
 * @example
 * ```ts
 * import { noOptions } from "@eosin/plugin-api";
 * import { defineNormalizer } from "@eosin/plugin-api/imaging";
 *
 * export const brightest = defineNormalizer({
 *   type: "my/brightest",
 *   summary: "Scales each picture so that its largest value is 255.",
 *   options: noOptions,
 *   create: () => ({
 *     normalize(image) {
 *       const largest = image.data.reduce((most, value) => Math.max(most, value), 1);
 *       const data = image.data.map((value) => Math.round((255 * value) / largest));
 *       return { width: image.width, height: image.height, data };
 *     },
 *   }),
 * });
 * ```
 */
export const defineNormalizer = kindHelper(normalizerKind);

/**
 * Defines an augmenter: `create` gives an `Augmenter`.
 * @example
 * ```ts
 * import { defineAugmenter } from "@eosin/plugin-api/imaging";
 * import { z } from "zod";
 *
 * export const brightness = defineAugmenter({
 *   type: "my/brightness",
 *   summary: "Multiplies all channels by one random factor.",
 *   options: z.strictObject({ spread: z.number().min(0).max(1).default(0.2).describe("Farthest from 1, either way") }),
 *   create: ({ options: { spread } }) => ({
 *     apply(sample, rng) {
 *       const factor = rng.between(1 - spread, 1 + spread);
 *       const data = sample.image.data.map((value) => Math.min(255, Math.round(value * factor)));
 *       return { ...sample, image: { ...sample.image, data } };
 *     },
 *   }),
 * });
 * ```
 */
export const defineAugmenter = kindHelper(augmenterKind);

/**
 * Defines what cleans a predicted mask: `create` gives a `Postprocess`.
 * @example
 * ```ts
 * import { definePostprocess } from "@eosin/plugin-api/imaging";
 * import { z } from "zod";
 *
 * export const allOrNothing = definePostprocess({
 *   type: "my/all-or-nothing",
 *   summary: "Empties masks with hardly any foreground.",
 *   options: z.strictObject({ least: z.int().min(0).default(50).describe("Pixels that a mask must have") }),
 *   create: ({ options }) => ({
 *     apply(mask) {
 *       const found = mask.data.reduce((sum, value) => sum + value, 0);
 *       return found >= options.least ? mask : { ...mask, data: new Uint8Array(mask.data.length) };
 *     },
 *   }),
 * });
 * ```
 */
export const definePostprocess = kindHelper(postprocessKind);

/**
 * Defines a dataset: `create` gives a `DatasetComponent`, which plans an index and reads its pixels.
 * @example
 * ```ts
 * import { type DatasetComponent, defineDataset } from "@eosin/plugin-api/imaging";
 * import { z } from "zod";
 *
 * // In a module of its own, which `create` imports.
 * declare function createSlides(root: string): DatasetComponent;
 *
 * export const slides = defineDataset({
 *   type: "my/slides",
 *   summary: "Patches of a folder of slides.",
 *   options: z.strictObject({ root: z.string().describe("Folder, relative to the document") }),
 *   create: ({ options }) => createSlides(options.root),
 * });
 * ```
 */
export function defineDataset<Schema extends z.ZodObject>(
  definition: Omit<PartDefinition<Schema, DatasetComponent>, "produces">,
): DefinitionOf<DatasetComponent> {
  return defineComponent({ ...definition, kind: datasetKind.name, produces: datasetArtifact });
}

/**
 * Defines a split: `create` gives a `SplitComponent`, which plans a list of folds.
 * @example
 * ```ts
 * import { artifact } from "@eosin/plugin-api";
 * import { datasetArtifact, defineSplit } from "@eosin/plugin-api/imaging";
 * import { z } from "zod";
 *
 * export const firstThird = defineSplit({
 *   type: "my/first-third",
 *   summary: "Tests on the first third of the samples.",
 *   options: z.strictObject({ dataset: artifact(datasetArtifact) }),
 *   create: ({ options }) => ({
 *     async plan(context) {
 *       const { value: dataset } = await context.open(options.dataset);
 *       const { samples } = dataset;
 *       const ids = samples.map(({ id }) => id);
 *       const third = Math.ceil(ids.length / 3);
 *       const split = { key: "fold-0", dataset, train: ids.slice(third), validation: [], test: ids.slice(0, third) };
 *       const identity = [samples.slice(third), samples.slice(0, third)].map((part) => part.map(({ hash }) => hash));
 *       return { items: [{ key: split.key, value: split, identity }] };
 *     },
 *   }),
 * });
 * ```
 */
export function defineSplit<Schema extends z.ZodObject>(
  definition: Omit<PartDefinition<Schema, SplitComponent>, "produces">,
): DefinitionOf<SplitComponent> {
  return defineComponent({ ...definition, kind: splitKind.name, produces: splitArtifact });
}
