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
 * export const countPatches = defineStep({
 *   type: "my/count-patches",
 *   summary: "Counts the patches of a data set.",
 *   options: z.strictObject({ dataset: artifact(datasetArtifact) }),
 *   produces: patchCounts,
 *   create: ({ options }) => ({
 *     async run(context) {
 *       const { value } = await context.open(options.dataset);
 *       return { patches: value.samples.length };
 *     },
 *   }),
 * });
 */
export const defineStep = stepHelper(stepKind);

/** Defines a trainer, which writes a model: `produces: modelArtifact`. */
export const defineTrainer = stepHelper(trainerKind);

/** Defines an evaluator, which writes predictions: `produces: predictionsArtifact`. */
export const defineEvaluator = stepHelper(evaluatorKind);

/** Defines a reporter, which writes something to read: `produces: reportArtifact`, or an artifact of its own. */
export const defineReporter = stepHelper(reporterKind);
