import { type ComponentContext, EosinError, type StepContext } from "@eosin/plugin-api";
import {
  type Augmenter,
  type BatchSource,
  type FittedComponent,
  type LoaderRequest,
  type Normalizer,
  type Split,
  sampleLoader,
} from "@eosin/plugin-api/imaging";
import { FallbackRecord } from "../../inputs/fallback-record.js";
import { resolveInputSize, resolveScale } from "../../inputs/input-size.js";
import { sizeRemark, smallRemark } from "../../inputs/size-remark.js";
import { domainsOf } from "../../splits/domains-of.js";
import { openSplit } from "../../splits/open-split.js";
import { splitFaults } from "../../splits/split-faults.js";
import { densityTargets } from "./density-targets.js";
import type { TrainerOptions } from "./options.js";
import { balanceFaults, windowFaults } from "./sampling-faults.js";

export interface TrainingData {
  readonly split: Split;
  readonly normalizer?: FittedComponent<Normalizer>;
  readonly train: BatchSource;
  /** Absent where the split has no validation part. */
  readonly validation?: BatchSource;
  /** The domains of the training part, sorted. */
  readonly domains: readonly string[];
  /** What the loaders met so far. */
  readonly fallbacks: FallbackRecord;
  close(): Promise<void>;
}

/**
 * Opens the split, fits normalizer and augmenters on its training part alone, and starts the loaders.
 * @param targets Whether the loss reads densities, and how many stains those of the network tell apart.
 */
export async function openTrainingData(
  context: ComponentContext<TrainerOptions>,
  step: StepContext,
  targets: { readonly densities: boolean; readonly stains?: number },
): Promise<TrainingData> {
  const { options } = context;
  const { densities, stains } = targets;
  const split = await openSplit(step, options.split);
  checkParts(split, options);
  const size = resolveInputSize(options.size);
  const scale = resolveScale(options.scale);
  const { samples } = split.dataset;
  for (const remark of [sizeRemark(samples, scale ?? size), scale && smallRemark(samples, scale, size)]) {
    if (remark) step.log.warn(`${remark}.`);
  }
  const loader = await context.services.get(sampleLoader);
  const shared: Omit<
    LoaderRequest,
    "ids" | "log" | "augmenters" | "batch" | "shuffle" | "dropLast" | "sampling" | "windows"
  > = {
    dataset: split.dataset,
    size,
    scale,
    interpolation: options.interpolation,
    seed: step.seed,
    workers: options.workers,
    modules: context.modules,
  };
  const fallbacks = new FallbackRecord(step.log, split.key);
  const part = (name: "train" | "validation") => ({
    ids: split[name],
    log: fallbacks.logger(name, split[name].length),
  });
  const fitted = { ...shared, ...part("train") };
  const normalizer = options.normalizer && (await loader.fit(options.normalizer, fitted));
  const augmenters: FittedComponent<Augmenter>[] = [];
  for (const spec of options.augment) augmenters.push(await loader.fit(spec, { ...fitted, normalizer }));

  const open = { ...shared, normalizer, densities, batch: options.batch };
  const train = await loader.open({ ...open, ...part("train"), augmenters, shuffle: true, sampling: options.sampling });
  const giving = densities
    ? await densityTargets(context, loader, { ...fitted, normalizer }, augmenters, stains)
    : undefined;
  const judged = { ...open, ...part("validation"), augmenters: giving, shuffle: false, windows: "grid" as const };
  const validation = split.validation.length > 0 ? await loader.open(judged) : undefined;
  return {
    split,
    normalizer,
    train,
    validation,
    domains: domainsOf(split, split.train),
    fallbacks,
    close: async () => {
      await Promise.all([train.close(), validation?.close()]);
    },
  };
}

function checkParts(split: Split, options: TrainerOptions): void {
  const [fault] = [...splitFaults(split, options), ...windowFaults(options), ...balanceFaults(split, options)];
  if (!fault) return;
  const { option: _, ...details } = fault;
  throw new EosinError(details);
}
