import type { z } from "zod";
import type { ArtifactType } from "./artifact.js";
import { evaluatorKind, reporterKind, stepKind, trainerKind } from "./built-in-kinds.js";
import { type ComponentDefinition, defineComponent } from "./component.js";
import type { KindDefinition } from "./kind.js";
import type { StepComponent } from "./step.js";

/** What `defineStep` and its siblings take: `run` returns what `produces` says. */
export interface StepDefinition<Schema extends z.ZodObject, Value>
  extends Omit<ComponentDefinition<string, Schema, StepComponent<Value>>, "$eosin" | "kind" | "produces"> {
  readonly produces: ArtifactType<string, Value>;
}

function stepHelper({ name }: KindDefinition<StepComponent>) {
  return <Schema extends z.ZodObject, Value>(definition: StepDefinition<Schema, Value>) =>
    defineComponent<string, Schema, StepComponent<Value>>({ ...definition, kind: name });
}

/**
 * Defines a step that is none of the other kinds.
 * @example
 * ```ts
 * import { artifact, defineArtifact, defineStep } from "@eosin/plugin-api";
 * import { datasetArtifact } from "@eosin/plugin-api/imaging";
 * import { z } from "zod";
 *
 * export const patchCounts = defineArtifact("patch-counts", z.object({ patches: z.number().int() }));
 *
 * export const countPatches = defineStep({
 *   type: "my/count-patches",
 *   summary: "Counts the patches of a dataset.",
 *   options: z.strictObject({ dataset: artifact(datasetArtifact) }),
 *   produces: patchCounts,
 *   create: ({ options }) => ({
 *     async run(context) {
 *       const { value } = await context.open(options.dataset);
 *       return { patches: value.samples.length };
 *     },
 *   }),
 * });
 * ```
 */
export const defineStep = stepHelper(stepKind);

/**
 * Defines a trainer, which writes a model: `produces: modelArtifact`. `usesEngine` puts the engine into the fingerprint.
 * @example
 * ```ts
 * import { artifact, component, defineTrainer, networkKind, type StepContext } from "@eosin/plugin-api";
 * import { splitArtifact } from "@eosin/plugin-api/imaging";
 * import { modelArtifact, type TrainedModel } from "@eosin/plugin-api/learning";
 * import { z } from "zod";
 *
 * const options = z.strictObject({
 *   split: artifact(splitArtifact),
 *   network: component(networkKind),
 *   epochs: z.int().min(1).default(10),
 * });
 *
 * // In a module of its own, which `create` imports.
 * declare function train(context: StepContext, how: z.output<typeof options>): Promise<TrainedModel>;
 *
 * export const trainer = defineTrainer({
 *   type: "my/trainer",
 *   summary: "Trains for a fixed number of epochs.",
 *   options,
 *   produces: modelArtifact,
 *   usesEngine: true,
 *   create: (made) => ({ run: (context) => train(context, made.options) }),
 * });
 * ```
 */
export const defineTrainer = stepHelper(trainerKind);

/**
 * Defines an evaluator, which writes predictions: `produces: predictionsArtifact`, with a blob a patch.
 * @example
 * ```ts
 * import { artifact, defineEvaluator, type StepContext } from "@eosin/plugin-api";
 * import {
 *   type PredictedSample,
 *   type Predictions,
 *   predictionsArtifact,
 *   type Split,
 *   splitArtifact,
 * } from "@eosin/plugin-api/imaging";
 * import { z } from "zod";
 *
 * // Writes the blobs of the patches (see `Predictions`).
 * declare function predictAll(context: StepContext, split: Split, threshold: number): Promise<PredictedSample[]>;
 *
 * export const darkPixels = defineEvaluator({
 *   type: "my/dark-pixels",
 *   summary: "Takes dark pixels for tumour.",
 *   options: z.strictObject({ split: artifact(splitArtifact), threshold: z.number().min(0).max(1).default(0.5) }),
 *   produces: predictionsArtifact,
 *   create: ({ options: { split: handle, threshold } }) => ({
 *     async run(context): Promise<Predictions> {
 *       const { value: split } = await context.open(handle);
 *       const samples = await predictAll(context, split, threshold);
 *       return { predictor: "dark pixels", role: "baseline", split: split.key, threshold, trainedOn: [], samples };
 *     },
 *   }),
 * });
 * ```
 */
export const defineEvaluator = stepHelper(evaluatorKind);

/**
 * Defines a reporter, which writes something to read: `produces: reportArtifact`, or an artifact of its own.
 * @example
 * ```ts
 * import { artifacts, defineReporter, listOfHandles, reportArtifact } from "@eosin/plugin-api";
 * import { predictionsArtifact } from "@eosin/plugin-api/imaging";
 * import { z } from "zod";
 *
 * export const patchList = defineReporter({
 *   type: "my/patch-list",
 *   summary: "Lists the patches that were predicted.",
 *   options: z.strictObject({ predictions: artifacts(predictionsArtifact) }),
 *   produces: reportArtifact,
 *   create: ({ options }) => ({
 *     async run(context) {
 *       const ids: string[] = [];
 *       for (const handle of listOfHandles(options.predictions)) {
 *         const { value } = await context.open(handle);
 *         ids.push(...value.samples.map(({ id }) => id));
 *       }
 *       await context.output.write("patches.txt", `${ids.join("\n")}\n`);
 *       return { open: "patches.txt" };
 *     },
 *   }),
 * });
 * ```
 */
export const defineReporter = stepHelper(reporterKind);
