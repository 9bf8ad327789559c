import { type OfferedKind, offeredKinds } from "./offered-kinds.js";
import type { PluginName } from "./plugin-name.js";

/** Where the new component is in the example; what is absent has its usual part. */
interface Slots {
  readonly data?: string;
  readonly folds?: string;
  /** The type of the trainer. */
  readonly trainer?: string;
  readonly network?: string;
  readonly loss?: string;
  /** More lines of the trainer, of the sheet of stains, of the evaluator, of the report. */
  readonly train?: string;
  readonly stains?: string;
  readonly evaluate?: string;
  readonly report?: string;
  /** A step more. */
  readonly step?: string;
}

const slotsOf: { readonly [kind in OfferedKind]: (spec: string, type: string) => Slots } = {
  augmenter: (spec) => ({ train: `augment: [${spec}]`, stains: `augmenters: [${spec}]` }),
  normalizer: (spec) => ({ train: `normalizer: ${spec}`, stains: `normalizers: [${spec}]` }),
  separator: (spec) => ({ stains: `separator: ${spec}` }),
  loss: (spec) => ({ loss: spec }),
  network: (spec) => ({ network: spec }),
  encoder: (spec) => ({ network: `{ uses: model/unet, with: { encoder: ${spec} } }` }),
  metric: (spec) => ({ report: `metrics: [{ uses: metrics/dice }, ${spec}]` }),
  optimizer: (spec) => ({ train: `optimizer: ${spec}` }),
  schedule: (spec) => ({ train: `schedule: ${spec}` }),
  trainer: (_, type) => ({ trainer: type }),
  evaluator: (_, type) => ({
    step: `rival: { uses: ${type}, each: { fold: "\${steps.folds}" }, with: ${offeredKinds.evaluator.usage} }`,
    report: 'baselines: ["${steps.rival}"]',
  }),
  postprocess: (spec) => ({ evaluate: `postprocess: [${spec}]` }),
  dataset: (spec) => ({ data: spec }),
  split: (spec) => ({ folds: spec }),
  reporter: (spec) => ({ step: `page: ${spec}` }),
  step: (spec) => ({ step: `table: ${spec}` }),
};

/** A training of seconds on drawn patches that ends in a report, with the new component in its place. */
export function examplePipeline(
  { packageName, name, type }: PluginName,
  kind: OfferedKind,
  ranges: { readonly [name: string]: string },
): string {
  const spec = `{ uses: ${type}, with: ${offeredKinds[kind].usage} }`;
  const slots = slotsOf[kind](spec, type);
  const plugins = ["engine", "plugins-data", "plugins-stain", "plugins-model", "plugins-metrics"].map(
    (each) => `  "@eosin/${each}": ${ranges[`@eosin/${each}`]}`,
  );
  const lines = (indent: number, text: string | undefined) => (text === undefined ? [] : [" ".repeat(indent) + text]);
  return `${[
    `name: ${name}-example`,
    `description: ${type} on drawn patches of two invented scanners`,
    "plugins:",
    ...plugins,
    `  "${packageName}": ^0.1.0`,
    "seed: 42",
    "steps:",
    `  data: ${slots.data ?? "{ uses: data/synthetic, with: { scanners: 2, perScanner: 12, size: 64 } }"}`,
    `  folds: ${slots.folds ?? '{ uses: data/holdout, with: { dataset: "${steps.data}", validation: 0.2 } }'}`,
    "  train:",
    `    uses: ${slots.trainer ?? "model/trainer"}`,
    '    each: { fold: "${steps.folds}" }',
    "    with:",
    "      split: ${each.fold}",
    "      size: 64",
    "      batch: 4",
    "      epochs: 4",
    `      network: ${slots.network ?? "{ uses: model/unet, with: { encoder: tiny } }"}`,
    `      loss: ${slots.loss ?? "{ uses: model/segmentation, with: { segmentation: dice } }"}`,
    ...lines(6, slots.train),
    "  stains: # what separation, normalisation and augmentation make of a patch of each scanner",
    "    uses: stain/sheet",
    "    with:",
    "      split: ${steps.folds}",
    ...lines(6, slots.stains),
    "  evaluate:",
    "    uses: model/tta-evaluator",
    '    each: { fold: "${steps.folds}" }',
    "    with:",
    "      split: ${each.fold}",
    "      model: ${steps.train}",
    ...lines(6, slots.evaluate),
    "  report:",
    "    uses: metrics/segmentation-report",
    "    with:",
    "      predictions: ${steps.evaluate}",
    "      models: ${steps.train}",
    "      stains: ${steps.stains}",
    ...lines(6, slots.report),
    ...lines(2, slots.step),
  ].join("\n")}\n`;
}
