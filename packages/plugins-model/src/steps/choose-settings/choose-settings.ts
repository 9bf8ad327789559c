import {
  type ComponentContext,
  EosinError,
  listOfHandles,
  type StepComponent,
  type StepContext,
} from "@eosin/plugin-api";
import {
  type ChosenSettings,
  type PredictedSample,
  type Predictions,
  predictionBlobName,
} from "@eosin/plugin-api/imaging";
import { countedPixels, type Metric } from "@eosin/plugin-api/learning";
import { readSafetensors, toFloat32 } from "@eosin/plugin-api/tensor-file";
import { binarize } from "../../predictor/binarize.js";
import { type ProbabilityMap, presenceOf } from "../../predictor/presence.js";
import { commonViews } from "../../predictor/settings.js";
import { coverageOf } from "../../regions/coverage.js";
import {
  type AbsenceCandidate,
  absenceCandidates,
  type MaskCandidate,
  maskCandidates,
  postprocessOf,
} from "./candidates.js";
import { middleOf } from "./middle-of.js";
import type { ChooseSettingsOptions } from "./options.js";

const plain: MaskCandidate = { threshold: 0.5, fill: 0, smallest: 0 };
const never: AbsenceCandidate = { gate: 0, presence: 0 };

interface Patch extends ProbabilityMap {
  readonly truth: Uint8Array;
}

/** Masks that are made in one way, and the mean of the metric for each way to say that there is no foreground. */
interface Trial {
  readonly candidate: MaskCandidate;
  make(patch: Patch): Uint8Array;
  readonly absences: readonly { readonly absence: AbsenceCandidate; readonly mean: Mean }[];
}

interface Tried {
  readonly candidate: MaskCandidate;
  readonly absence: AbsenceCandidate;
  readonly mean: Mean;
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
    const predictions = opened.map(({ value }) => value);
    const views = requireCommonViews(predictions);
    const metric = await create(options.metric);
    const absences = absenceCandidates(options);
    const trials = await Promise.all(maskCandidates(options).map((candidate) => this.#trial(candidate, absences)));
    const compared = await this.#trial(plain, [never]);
    const total = predictions.reduce((sum, { samples }) => sum + samples.length, 0);
    let current = 0;
    for (const { value, blobPath } of opened) {
      for (const [index, sample] of value.samples.entries()) {
        step.signal.throwIfAborted();
        const patch = await readPatch(blobPath(predictionBlobName(index)), sample);
        judge(patch, metric, [...trials, compared]);
        step.progress({ unit: "patch", current: ++current, total });
      }
    }
    const tried = trials.flatMap(({ candidate, absences: each }) => each.map((way) => ({ candidate, ...way })));
    const { candidate, absence, mean } = bestOf(tried, metric.higherIsBetter);
    const { threshold, hysteresis } = candidate;
    await step.output.write("tried.csv", tableOf(tried));
    return {
      ...views,
      threshold,
      ...(hysteresis !== undefined && { hysteresis }),
      ...(absence.presence > 0 && { presence: absence.presence }),
      postprocess: postprocessOf(candidate, absence.gate),
      chosen: {
        metric: options.metric.uses,
        score: mean.value,
        plain: compared.absences[0].mean.value,
        patches: total,
        tried: tried.length,
      },
    };
  }

  async #trial(candidate: MaskCandidate, absences: readonly AbsenceCandidate[]): Promise<Trial> {
    const postprocess = await Promise.all(postprocessOf(candidate).map((spec) => this.#context.create(spec)));
    const { threshold, hysteresis } = candidate;
    return {
      candidate,
      make: (patch) => binarize(patch, { threshold, hysteresis, postprocess }),
      absences: absences.map((absence) => ({ absence, mean: new Mean() })),
    };
  }
}

/** A mask is measured once, and one without foreground once for all. */
function judge(patch: Patch, metric: Metric, trials: readonly Trial[]): void {
  const presence = presenceOf(patch);
  const counted = (prediction: Uint8Array) => countedPixels({ ...patch, prediction });
  const empty = counted(new Uint8Array(patch.truth.length));
  if (empty.truth.length === 0) return;
  const none = metric.measure(empty);
  for (const { make, absences } of trials) {
    const mask = make(patch);
    const coverage = coverageOf(mask);
    const figure = metric.measure(counted(mask));
    for (const { absence, mean } of absences) {
      const isAbsent = coverage <= absence.gate || presence <= absence.presence;
      mean.add(isAbsent ? none : figure);
    }
  }
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

/**
 * Where several are as good, as gates are with few images without foreground: the one in the middle of them, which is
 * farthest from being wrong.
 * @throws EosinError `VALIDATION_UNDEFINED`
 */
function bestOf(tried: readonly Tried[], higherIsBetter: boolean): Tried {
  const known = tried.filter(({ mean }) => !Number.isNaN(mean.value));
  if (known.length === 0) {
    throw new EosinError({
      code: "VALIDATION_UNDEFINED",
      message: "The metric is undefined on every patch.",
      place: "option metric",
      next: "Choose by another metric, or by predictions of patches that hold what it measures.",
    });
  }
  const values = known.map(({ mean }) => mean.value);
  const best = higherIsBetter ? values.reduce((a, b) => Math.max(a, b)) : values.reduce((a, b) => Math.min(a, b));
  return middleOf(
    known.filter(({ mean }) => mean.value === best),
    coordinates,
  );
}

function coordinates({ candidate, absence }: Tried): readonly number[] {
  const { threshold, hysteresis = threshold, fill, smallest } = candidate;
  return [threshold, hysteresis, fill, smallest, absence.gate, absence.presence];
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
function requireCommonViews(predictions: readonly Predictions[]) {
  const views = commonViews(predictions);
  if (views) return views;
  throw new EosinError({
    code: "INVALID_VALUE",
    message: "Predictions were not all made in one way, by networks.",
    place: "option predictions",
    expected: "predictions of networks with the same scale, window, rotations, flips and statistics",
    next: "Give predictions of one evaluator.",
  });
}

async function readPatch(path: string, { width, height, presence }: PredictedSample): Promise<Patch> {
  const tensors = await readSafetensors(path);
  const probability = tensors.get("probability");
  const truth = tensors.get("truth");
  if (!probability || !truth) throw new Error(`${path} holds no probability or truth`);
  return { width, height, probability: toFloat32(probability), truth: truth.bytes, presence };
}

function tableOf(tried: readonly Tried[]): string {
  const lines = tried.map(({ candidate, absence, mean }) => {
    const { threshold, hysteresis = "", fill, smallest } = candidate;
    return [threshold, hysteresis, fill, smallest, absence.gate, absence.presence, mean.value].join(",");
  });
  return `${["threshold,hysteresis,fill,smallest,gate,presence,mean", ...lines].join("\n")}\n`;
}
