import {
  type Artifact,
  type ArtifactHandle,
  type ComponentContext,
  type ComponentSpec,
  type JsonValue,
  listOfHandles,
  type StepContext,
  type TracedStep,
} from "@eosin/plugin-api";
import type { Predictions } from "@eosin/plugin-api/imaging";
import type { Metric, TrainedModel } from "@eosin/plugin-api/learning";
import { judgeMembers } from "../../judging/judge-members.js";
import { meanOf } from "../../judging/summary.js";
import { createMetrics, type NamedMetric } from "../../metrics/named-metric.js";

/** One trained model with all that a tracker keeps of it. */
export interface TrackedModel {
  /** `train[fold-0]` */
  readonly instance: string;
  readonly model: TrainedModel;
  /** The step that trained it: its line, fingerprint and options. */
  readonly step: TracedStep;
  /** What it predicted: the predictions with the same axes. */
  readonly predictions?: Artifact<Predictions>;
  readonly predictionStep?: TracedStep;
  /** Means over test patches, e.g. `{ dice: 0.81, iou: 0.7 }`; empty without predictions. */
  readonly test: { readonly [metric: string]: number };
}

export interface TrackedOptions {
  readonly models: ArtifactHandle<TrainedModel> | readonly ArtifactHandle<TrainedModel>[];
  readonly predictions?: ArtifactHandle<Predictions> | readonly ArtifactHandle<Predictions>[];
  readonly metrics: readonly ComponentSpec<Metric>[];
}

export async function openTrackedModels(
  context: StepContext,
  { options, create }: ComponentContext<TrackedOptions>,
): Promise<TrackedModel[]> {
  const metrics = await createMetrics(options.metrics, create);
  const all = await Promise.all(listOfHandles(options.predictions ?? []).map((handle) => context.open(handle)));
  const tracked: TrackedModel[] = [];
  for (const handle of listOfHandles(options.models)) {
    const { instance, axes, value } = await context.open(handle);
    const predictions = all.find((each) => sameAxes(each.axes, axes));
    tracked.push({
      instance,
      model: value,
      step: stepOf(context, instance),
      predictions,
      predictionStep: predictions && stepOf(context, predictions.instance),
      test: predictions ? await testFigures(predictions, metrics) : {},
    });
  }
  return tracked;
}

/** Figures by epoch: `{ "train/loss": 0.4, "validation/dice": 0.8, "learning rate": 0.001 }`. */
export function epochFigures(model: TrainedModel): readonly { epoch: number; figures: { [name: string]: number } }[] {
  return model.history.map(({ epoch, learningRate, train, validation }) => ({
    epoch,
    figures: {
      ...prefixed("train", train),
      ...prefixed("validation", validation),
      "learning rate": learningRate,
    },
  }));
}

/** Options as flat names and texts, e.g. `loss.with.alpha` → `0.3`; handles of artifacts are left out. */
export function flatOptions(options: JsonValue, path = ""): readonly (readonly [name: string, value: string])[] {
  if (typeof options !== "object" || options === null) return [[path, String(options)]];
  if ("$artifact" in options) return [];
  return Object.entries(options).flatMap(([key, value]) =>
    flatOptions(value as JsonValue, path === "" ? key : `${path}.${key}`),
  );
}

function prefixed(prefix: string, figures: { readonly [name: string]: number }): { [name: string]: number } {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${prefix}/${name}`, value]));
}

async function testFigures(
  predictions: Artifact<Predictions>,
  metrics: readonly NamedMetric[],
): Promise<{ readonly [metric: string]: number }> {
  const [{ units }] = await judgeMembers([predictions], metrics, () => {});
  return Object.fromEntries(metrics.map(({ name }) => [name, meanOf(units, name)]));
}

function sameAxes(a: Artifact["axes"], b: Artifact["axes"]): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((axis) => a[axis] === b[axis]);
}

function stepOf({ provenance }: StepContext, instance: string): TracedStep {
  return provenance.steps.find((step) => step.instance === instance)!;
}
