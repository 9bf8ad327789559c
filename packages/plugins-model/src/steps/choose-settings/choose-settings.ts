import {
  type ComponentContext,
  EosinError,
  listOfHandles,
  type StepComponent,
  type StepContext,
} from "@eosin/plugin-api";
import {
  type ChosenSettings,
  IGNORED,
  type PredictionSettings,
  type Predictions,
  predictionBlobName,
} from "@eosin/plugin-api/imaging";
import type { JudgedPixels, Metric } from "@eosin/plugin-api/learning";
import { readSafetensors, toFloat32 } from "@eosin/plugin-api/tensor-file";
import { binarize, type ProbabilityMap } from "../../predictor/binarize.js";
import { type Candidate, candidatesOf, postprocessOf } from "./candidates.js";
import type { ChooseSettingsOptions } from "./options.js";

const plain: Candidate = { threshold: 0.5, fill: 0, smallest: 0, gate: 0 };

interface Patch extends ProbabilityMap {
  readonly truth: Uint8Array;
}

/** Tries every combination of its candidates on predictions, and keeps the one whose mean of a metric is best. */
export class ChooseSettings implements StepComponent<ChosenSettings> {
  readonly #context: ComponentContext<ChooseSettingsOptions>;

  constructor(context: ComponentContext<ChooseSettingsOptions>) {
    this.#context = context;
  }

  async run(step: StepContext): Promise<ChosenSettings> {
    const { options, create } = this.#context;
    const opened = await Promise.all(listOfHandles(options.predictions).map((handle) => step.open(handle)));
    for (const { value, instance } of opened) refuseTest(value, instance);
    const settings = commonSettings(opened.map(({ value }) => value));
    const metric = await create(options.metric);
    const candidates = candidatesOf(options);
    // The last one is what they are compared with.
    const makers = await Promise.all([...candidates, plain].map((each) => this.#maker(each)));
    const means = makers.map(() => new Mean());
    const total = opened.reduce((sum, { value }) => sum + value.samples.length, 0);
    let current = 0;
    for (const { value, blobPath } of opened) {
      for (const [index, sample] of value.samples.entries()) {
        step.signal.throwIfAborted();
        const patch = await readPatch(blobPath(predictionBlobName(index)), sample);
        judge(patch, metric, makers, means);
        step.progress({ unit: "patch", current: ++current, total });
      }
    }
    const best = bestOf(
      means.slice(0, -1).map(({ value }) => value),
      metric.higherIsBetter,
    );
    const { threshold, hysteresis } = candidates[best];
    await step.output.write("tried.csv", tableOf(candidates, means));
    return {
      ...settings,
      threshold,
      ...(hysteresis !== undefined && { hysteresis }),
      postprocess: postprocessOf(candidates[best]),
      chosen: {
        metric: options.metric.uses,
        score: means[best].value,
        plain: (means.at(-1) as Mean).value,
        patches: total,
        tried: candidates.length,
      },
    };
  }

  async #maker(candidate: Candidate): Promise<(patch: Patch) => Uint8Array> {
    const postprocess = await Promise.all(postprocessOf(candidate).map((spec) => this.#context.create(spec)));
    const { threshold, hysteresis } = candidate;
    return (patch) => binarize(patch, { threshold, hysteresis, postprocess });
  }
}

/** Masks of candidates are often the same: each is measured once. */
function judge(
  { truth, ...map }: Patch,
  metric: Metric,
  makers: readonly ((patch: Patch) => Uint8Array)[],
  means: readonly Mean[],
): void {
  const counted = truth.includes(IGNORED) ? truth.map((label) => Number(label !== IGNORED)) : undefined;
  if (counted && !counted.includes(1)) return;
  const kept = <Data extends Uint8Array | Float32Array>(data: Data): Data =>
    counted ? (data.filter((_: number, i: number) => counted[i] === 1) as Data) : data;
  const shared = { truth: kept(truth), probability: kept(map.probability) };
  const known = new Map<string, number>();
  makers.forEach((make, i) => {
    const prediction = kept(make({ truth, ...map }));
    const key = Buffer.from(prediction.buffer, prediction.byteOffset, prediction.length).toString("latin1");
    const pixels: JudgedPixels = { ...shared, prediction };
    const figure = known.get(key) ?? metric.measure(pixels);
    known.set(key, figure);
    means[i].add(figure);
  });
}

class Mean {
  #sum = 0;
  #count = 0;

  /** An undefined figure is left out. */
  add(figure: number): void {
    if (Number.isNaN(figure)) return;
    this.#sum += figure;
    this.#count++;
  }

  /** NaN of none. */
  get value(): number {
    return this.#sum / this.#count;
  }
}

/** @throws EosinError `VALIDATION_UNDEFINED` */
function bestOf(means: readonly number[], higherIsBetter: boolean): number {
  let best = -1;
  means.forEach((mean, i) => {
    if (Number.isNaN(mean)) return;
    if (best < 0 || (higherIsBetter ? mean > means[best] : mean < means[best])) best = i;
  });
  if (best >= 0) return best;
  throw new EosinError({
    code: "VALIDATION_UNDEFINED",
    message: "The metric is undefined on every patch.",
    place: "option metric",
    next: "Choose by another metric, or by predictions of patches that hold what it measures.",
  });
}

/** @throws EosinError `SETTINGS_OF_TEST` */
function refuseTest({ part, split }: Predictions, instance: string): void {
  if (part === "validation") return;
  throw new EosinError({
    code: "SETTINGS_OF_TEST",
    message: `Settings are chosen by predictions of validation parts, and ${instance} predicted another part of ${split}.`,
    place: "option predictions",
    expected: "part: validation",
    found: part ?? "predictions that do not say which part",
    next: "Add an evaluator with `part: validation`, and give its predictions.",
  });
}

/** How all of them were predicted: what is chosen here is good for nothing else. */
function commonSettings(predictions: readonly Predictions[]): PredictionSettings {
  const [first, ...others] = predictions.map(({ settings }) => settings);
  const views = ({ threshold: _, hysteresis: __, postprocess: ___, ...rest }: PredictionSettings) =>
    JSON.stringify(rest);
  if (first && others.every((each) => each && views(each) === views(first))) {
    const { hysteresis: _, ...rest } = first;
    return rest;
  }
  throw new EosinError({
    code: "INVALID_VALUE",
    message: "Predictions were not all made in one way, by networks.",
    place: "option predictions",
    expected: "predictions of networks with the same scale, window, rotations, flips and statistics",
    next: "Give predictions of one evaluator.",
  });
}

async function readPatch(path: string, { width, height }: { width: number; height: number }): Promise<Patch> {
  const tensors = await readSafetensors(path);
  const probability = tensors.get("probability");
  const truth = tensors.get("truth");
  if (!probability || !truth) throw new Error(`${path} holds no probability or truth`);
  return { width, height, probability: toFloat32(probability), truth: truth.bytes };
}

function tableOf(candidates: readonly Candidate[], means: readonly Mean[]): string {
  const lines = candidates.map(({ threshold, hysteresis = "", fill, smallest, gate }, i) =>
    [threshold, hysteresis, fill, smallest, gate, means[i].value].join(","),
  );
  return `${["threshold,hysteresis,fill,smallest,gate,mean", ...lines].join("\n")}\n`;
}
