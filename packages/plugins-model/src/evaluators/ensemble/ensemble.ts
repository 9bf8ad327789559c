import {
  type Artifact,
  type ComponentContext,
  EosinError,
  listOfHandles,
  type StepComponent,
  type StepContext,
} from "@eosin/plugin-api";
import {
  type PatchFallbacks,
  type PredictedSample,
  type PredictionSettings,
  type Predictions,
  predictionBlobName,
} from "@eosin/plugin-api/imaging";
import { readSafetensors, toFloat32 } from "@eosin/plugin-api/tensor-file";
import { type Prediction, PredictionWriter } from "../../predictor/prediction-writer.js";
import { sigmoid } from "../../predictor/predictor.js";
import { commonViews, openMasking, settingsOf } from "../../predictor/settings.js";
import type { EnsembleOptions } from "./options.js";

/** What one member says of one patch. */
interface Vote {
  readonly member: Artifact<Predictions>;
  readonly index: number;
  readonly sample: PredictedSample;
}

/** The mean of members' confidences, thresholded and post-processed anew. */
export class Ensemble implements StepComponent<Predictions> {
  readonly #context: ComponentContext<EnsembleOptions>;

  constructor(context: ComponentContext<EnsembleOptions>) {
    this.#context = context;
  }

  async run(step: StepContext): Promise<Predictions> {
    const { options } = this.#context;
    const handles = listOfHandles(options.predictions);
    const members = await Promise.all(handles.map((handle) => step.open(handle)));
    refuseOtherParts(members);
    const settings = await this.#settings(step);
    const votes = votesOf(members);
    const origins = new Map([...votes].map(([id, [{ sample }]]) => [id, originOf(sample)]));
    const writer = new PredictionWriter(step, origins, await openMasking(this.#context, settings));
    for (const of of votes.values()) {
      step.signal.throwIfAborted();
      await writer.add(await averageOf(of, options.average));
      step.progress({ unit: "patch", current: writer.samples.length, total: votes.size });
    }
    const values = members.map(({ value }) => value);
    const views = commonViews(values);
    const fallbacks = values.flatMap(({ fallbacks: own = [] }): readonly PatchFallbacks[] => own);
    return {
      predictor: titleOf(values),
      role: "network",
      split: distinct(values.map(({ split }) => split)).join(", "),
      part: values[0].part,
      ...(views && { settings: { ...settings, ...views } }),
      threshold: settings.threshold,
      trainedOn: distinct(values.flatMap(({ trainedOn }) => trainedOn)).sort(),
      samples: writer.samples,
      ...(fallbacks.length > 0 && { fallbacks }),
    };
  }

  async #settings(step: StepContext): Promise<PredictionSettings> {
    const { settings, threshold, hysteresis, presence, postprocess } = this.#context.options;
    if (settings) return settingsOf((await step.open(settings)).value);
    return {
      rotations: [],
      threshold,
      ...(hysteresis !== undefined && { hysteresis }),
      ...(presence !== undefined && { presence }),
      postprocess,
    };
  }
}

/**
 * What says of which patch, patches in the order in which members name them.
 * @throws EosinError `MEMBERS_DIFFER` where two saw a patch in other sizes
 */
function votesOf(members: readonly Artifact<Predictions>[]): ReadonlyMap<string, readonly Vote[]> {
  const votes = new Map<string, Vote[]>();
  for (const member of members) {
    for (const [index, sample] of member.value.samples.entries()) {
      const others = votes.get(sample.id) ?? [];
      const first = others[0]?.sample;
      if (first && (first.width !== sample.width || first.height !== sample.height)) {
        throw new EosinError({
          code: "MEMBERS_DIFFER",
          message: `Members of the ensemble predicted ${sample.id} in other sizes.`,
          place: "option predictions",
          expected: `${first.width} × ${first.height}, as of ${others[0].member.instance}`,
          found: `${sample.width} × ${sample.height} of ${member.instance}`,
          next: "Give their evaluators `resolution: original`.",
        });
      }
      others.push({ member, index, sample });
      votes.set(sample.id, others);
    }
  }
  return votes;
}

/** @throws EosinError `MEMBERS_DIFFER`: who was trained on a patch has no vote on it */
function refuseOtherParts(members: readonly Artifact<Predictions>[]): void {
  const parts = distinct(members.map(({ value }) => value.part ?? "unknown"));
  if (parts.length === 1 && parts[0] !== "train") return;
  throw new EosinError({
    code: "MEMBERS_DIFFER",
    message: "Members of an ensemble must each have predicted its own test part, or each its validation part.",
    place: "option predictions",
    expected: "predictions of one part, of patches that no member was trained on",
    found: members.map(({ instance, value }) => `${value.part ?? "an unknown part"} of ${instance}`).join(", "),
    next: "Give predictions of evaluators with the same `part`.",
  });
}

function originOf({ group, attributes }: PredictedSample): Pick<PredictedSample, "group" | "attributes"> {
  return { ...(group !== undefined && { group }), ...(attributes && { attributes }) };
}

/** Of the first member everything but the confidences; densities are each network's own and are left out. */
async function averageOf(votes: readonly Vote[], average: EnsembleOptions["average"]): Promise<Prediction> {
  const [{ sample }] = votes;
  const tensors = await Promise.all(
    votes.map(({ member, index }) => readSafetensors(member.blobPath(predictionBlobName(index)))),
  );
  const maps = tensors.map((of) => toFloat32(required(of, "probability")));
  const probability = new Float32Array(maps[0].length);
  for (let i = 0; i < probability.length; i++) {
    let sum = 0;
    for (const map of maps) sum += summand(map[i], average);
    probability[i] = confidence(sum / maps.length, average);
  }
  const { id, domain, width, height } = sample;
  const [image, truth] = ["image", "truth"].map((name) => required(tensors[0], name).bytes);
  const presence = meanOf(
    votes.map((each) => each.sample.presence),
    average,
  );
  return { id, domain, width, height, image, truth, probability, presence };
}

/** Nothing where a member does not say it. */
function meanOf(said: readonly (number | undefined)[], average: EnsembleOptions["average"]): number | undefined {
  const known = said.filter((each) => each !== undefined);
  if (known.length < said.length) return undefined;
  const sum = known.reduce((total, each) => total + summand(each, average), 0);
  return confidence(sum / known.length, average);
}

function summand(probability: number, average: EnsembleOptions["average"]): number {
  return average === "logit" ? logitOf(probability) : probability;
}

function confidence(mean: number, average: EnsembleOptions["average"]): number {
  return average === "logit" ? sigmoid(mean) : mean;
}

function required<Value>(tensors: ReadonlyMap<string, Value>, name: string): Value {
  const found = tensors.get(name);
  if (found === undefined) throw new Error(`predictions hold no ${name}`);
  return found;
}

/** Finite also where float32 has no number between a confidence and 0 or 1. */
function logitOf(probability: number): number {
  const inside = Math.min(1 - 2 ** -25, Math.max(2 ** -120, probability));
  return Math.log(inside / (1 - inside));
}

function titleOf(members: readonly Predictions[]): string {
  const titles = distinct(members.map(({ predictor }) => predictor));
  return `ensemble of ${members.length}: ${titles.join("; ")}`;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
