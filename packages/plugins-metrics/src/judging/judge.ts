import type { Artifact } from "@eosin/plugin-api";
import type { Predictions } from "@eosin/plugin-api/imaging";
import { countedPixels, type JudgedPixels } from "@eosin/plugin-api/learning";
import { isPerfect, type NamedMetric } from "../metrics/named-metric.js";
import { readPredictedPatch } from "./judged-patch.js";
import { stratumOf } from "./stratum.js";

/** Figures by metric name; NaN where undefined. */
export type Figures = { readonly [metric: string]: number };

/** One judged unit: a patch, or a flattened batch of patches of one stratum. */
export interface JudgedUnit {
  readonly ids: readonly string[];
  readonly domain: string;
  /** Value of the attribute that figures are given by; the domain unless another was asked for. */
  readonly stratum: string;
  /** Of a patch, where it has one: patches of one group are not independent cases. */
  readonly group?: string;
  /** Pixels that count; of none, every figure is undefined. */
  readonly pixels: number;
  readonly figures: Figures;
  /** Of a patch that no prediction could do better by the first metric. */
  readonly perfect?: true;
}

/** All patches of one predictions artifact, judged one by one; and, in the paper's protocol, in flattened batches. */
export interface JudgedPredictions {
  readonly artifact: Artifact<Predictions>;
  readonly patches: readonly JudgedUnit[];
  /** What means are taken over: the patches themselves, or the batches. `domain` and `stratum` of a mixed batch are empty. */
  readonly units: readonly JudgedUnit[];
  /** Batches of one stratum each (patches, in the patch protocol). */
  readonly stratumUnits: readonly JudgedUnit[];
}

export interface Protocol {
  readonly kind: "patch" | "flattened-batch";
  readonly batch: number;
}

/** @param by The attribute that figures are given by, or `domain`. */
export async function judgePredictions(
  artifact: Artifact<Predictions>,
  metrics: readonly NamedMetric[],
  protocol: Protocol,
  by: string,
  onPatch: () => void,
): Promise<JudgedPredictions> {
  const { samples } = artifact.value;
  const patches: JudgedUnit[] = [];
  const all = new BatchJudge(metrics, protocol.batch, "");
  const byStratum = new Map<string, BatchJudge>();
  for (let index = 0; index < samples.length; index++) {
    const patch = countedPixels(await readPredictedPatch(artifact, index));
    const { id, domain, group } = samples[index];
    const stratum = stratumOf(samples[index], by);
    const measured = measureAll(metrics, patch);
    patches.push({
      ids: [id],
      domain,
      stratum,
      ...(group === undefined ? {} : { group }),
      ...measured,
      ...(metrics.length > 0 && isPerfect(metrics[0], patch, measured.figures[metrics[0].name]) && { perfect: true }),
    });
    if (protocol.kind === "flattened-batch") {
      all.add(id, patch);
      const judge = byStratum.get(stratum) ?? new BatchJudge(metrics, protocol.batch, stratum);
      byStratum.set(stratum, judge);
      judge.add(id, patch);
    }
    onPatch();
  }
  if (protocol.kind === "patch") return { artifact, patches, units: patches, stratumUnits: patches };
  return {
    artifact,
    patches,
    units: all.finish(),
    stratumUnits: [...byStratum.values()].flatMap((each) => each.finish()),
  };
}

/** Judges each run of `size` patches over their joined pixels; a last, smaller batch counts too, as in the paper's code. */
class BatchJudge {
  readonly #units: JudgedUnit[] = [];
  #ids: string[] = [];
  #patches: JudgedPixels[] = [];

  constructor(
    readonly metrics: readonly NamedMetric[],
    readonly size: number,
    readonly stratum: string,
  ) {}

  add(id: string, patch: JudgedPixels): void {
    this.#ids.push(id);
    this.#patches.push(patch);
    if (this.#ids.length === this.size) this.#judge();
  }

  finish(): readonly JudgedUnit[] {
    if (this.#ids.length > 0) this.#judge();
    return this.#units;
  }

  #judge(): void {
    const { stratum } = this;
    this.#units.push({ ids: this.#ids, domain: "", stratum, ...measureAll(this.metrics, join(this.#patches)) });
    this.#ids = [];
    this.#patches = [];
  }
}

function measureAll(
  metrics: readonly NamedMetric[],
  judged: JudgedPixels,
): { readonly pixels: number; readonly figures: Figures } {
  const pixels = judged.truth.length;
  const measure = ({ name, metric }: NamedMetric) => [name, pixels === 0 ? Number.NaN : metric.measure(judged)];
  return { pixels, figures: Object.fromEntries(metrics.map(measure)) };
}

/** Patches of which no pixel counts: means leave them out. */
export function unjudgedOf({ patches }: JudgedPredictions): number {
  return patches.filter(({ pixels }) => pixels === 0).length;
}

function join(patches: readonly JudgedPixels[]): JudgedPixels {
  const length = patches.reduce((sum, each) => sum + each.truth.length, 0);
  const joined = {
    truth: new Uint8Array(length),
    prediction: new Uint8Array(length),
    probability: new Float32Array(length),
  };
  let offset = 0;
  for (const each of patches) {
    joined.truth.set(each.truth, offset);
    joined.prediction.set(each.prediction, offset);
    joined.probability.set(each.probability, offset);
    offset += each.truth.length;
  }
  return joined;
}
