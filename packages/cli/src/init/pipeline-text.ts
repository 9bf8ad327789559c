import type { PatchScale, Recipe, Schedule } from "./recipe.js";

/** What the text says of the data. */
export interface DataStep {
  readonly uses: string;
  /** Lines of its options: `root: "patches"`. */
  readonly options: readonly string[];
  /** How it is laid out, and what is in it. */
  readonly why: readonly string[];
}

export interface PipelineParts {
  readonly name: string;
  readonly data: DataStep;
  readonly recipe: Recipe;
  readonly schedule: Schedule;
  /** Ranges of Eosin's packages. */
  readonly ranges: { readonly [name: string]: string };
}

const widest = 118;

/**
 * The pipeline of a data set, every value below its reason. The recipe is that of `cosas-lite0.yaml`.
 * @returns A document in YAML; its paths are relative to the folder it is written to.
 */
export function pipelineText({ name, data, recipe, schedule, ranges }: PipelineParts): string {
  const { scale, window, encoder, pretrained, decoder, learningRate, encoderRate, tumour, balance, split, presence } =
    recipe;
  const { batch, batches, epochs, average } = schedule;
  const value = (key: string, { value, why }: { readonly value: unknown; readonly why: string }) => [
    ...comment(2, why),
    `  ${key}: ${yaml(value)}`,
  ];
  return `${[
    ...comment(
      0,
      "Written by `pipe init --data` from the look of the data and of this machine; every value says why it is this one. " +
        "Change what you know better: `pipe plan` of this file says what it would do, and `pipe run` does it.",
    ),
    `name: ${yaml(name)}`,
    `description: ${yaml(`U-Net on ${encoder.value} for ${name}, chosen by pipe init`)}`,
    "",
    "plugins:",
    ...["engine", "plugins-data", "plugins-stain", "plugins-model", "plugins-metrics"].map(
      (each) => `  "@eosin/${each}": ${ranges[`@eosin/${each}`]}`,
    ),
    "",
    ...comment(0, "what all random draws follow from: another number trains another model of the same kind"),
    "seed: 42",
    "params:",
    ...value("scale", scale),
    ...value("window", window),
    ...value("encoder", encoder),
    ...value("pretrained", pretrained),
    ...comment(2, decoder.why),
    `  outputStride: ${decoder.value.outputStride}`,
    `  decoderChannels: ${yaml(decoder.value.channels)}`,
    ...value("batch", batch),
    ...value("batches", batches),
    ...value("epochs", epochs),
    ...value("learningRate", learningRate),
    ...value("encoderRate", encoderRate),
    ...value("average", average),
    ...value("tumour", tumour),
    "",
    "steps:",
    "  data:",
    ...data.why.flatMap((each) => comment(4, each)),
    `    uses: ${data.uses}`,
    "    with:",
    ...data.options.map((line) => `      ${line}`),
    "  folds:",
    ...comment(4, split.why),
    `    uses: ${split.value.uses}`,
    "    with:",
    '      dataset: "${steps.data}"',
    ...Object.entries(split.value.options).flatMap(([key, option]) => [
      ...(key === "validation"
        ? comment(6, "of what trains: settings are chosen on these patches, and never on those that test")
        : []),
      `      ${key}: ${yaml(option)}`,
    ]),
    ...comment(
      6,
      "patches of one patient are alike: where ids or a table tell patients, `groupBy: patient` keeps them together",
    ),
    ...trainLines(balance),
    ...validateLines(scale.value),
    "  settings:",
    ...comment(4, "threshold, holes, smallest regions and presence with the best mean on the validation patches"),
    "    uses: model/choose-settings",
    '    each: { fold: "${steps.folds}" }',
    "    with:",
    '      predictions: "${steps.validate}"',
    ...comment(6, presence.why),
    `      presence: ${yaml(presence.value)}`,
    "  evaluate:",
    ...comment(4, "the test patches, with the settings that were chosen; judged at the size that they have on file"),
    "    uses: model/tta-evaluator",
    '    each: { fold: "${steps.folds}" }',
    '    with: { split: "${each.fold}", part: test, model: "${steps.train}", settings: "${steps.settings}", resolution: original }',
    "  all-tumour:",
    ...comment(4, "what calling every pixel tumour would score: a model has to be far above it"),
    "    uses: model/baseline-all-foreground",
    '    each: { fold: "${steps.folds}" }',
    '    with: { split: "${each.fold}", size: "${params.window}", resolution: original }',
    "  report:",
    ...comment(4, "one HTML page: figures, the best and the worst patches, curves of the training"),
    "    uses: metrics/segmentation-report",
    "    with:",
    '      predictions: "${steps.evaluate}"',
    '      baselines: ["${steps.all-tumour}"]',
    '      models: "${steps.train}"',
    ...(balance.value ? ["      by: domain # figures of each domain, too"] : []),
  ].join("\n")}\n`;
}

function trainLines(balance: Recipe["balance"]): string[] {
  return [
    "  train:",
    "    uses: model/trainer",
    '    each: { fold: "${steps.folds}" }',
    "    with:",
    '      split: "${each.fold}"',
    '      size: "${params.window}"',
    '      scale: "${params.scale}"',
    "      sampling:",
    '        batches: "${params.batches}"',
    '        tumour: "${params.tumour}"',
    ...(balance.value ? [...comment(8, balance.why), "        balance: domain"] : []),
    '      batch: "${params.batch}"',
    '      epochs: "${params.epochs}"',
    "      network:",
    "        uses: model/unet",
    "        with:",
    '          encoder: "${params.encoder}"',
    '          pretrained: "${params.pretrained}"',
    '          outputStride: "${params.outputStride}"',
    '          decoderChannels: "${params.decoderChannels}"',
    ...comment(6, "Dice is what is judged; cross-entropy tells it the way where masks do not meet yet"),
    "      loss: { uses: model/dice-cross-entropy }",
    ...comment(6, "in this order; the first cuts the window, so that nothing is reflected that the patch has"),
    "      augment:",
    "        - uses: data/affine",
    "          with: { rotation: { p: 0.5 }, scale: { p: 0.5, factor: [0.55, 1.45] } }",
    ...comment(8, "tissue has no up and no left"),
    "        - uses: data/flip",
    "        - uses: data/rotate90",
    ...comment(
      8,
      "scanners and laboratories differ most in colour: strong jitter is what prepares for one that was never seen. " +
        "Leave hed-jitter out where the stain is not haematoxylin and eosin",
    ),
    "        - { uses: stain/hed-jitter, with: { p: 0.8, theta: 0.35, shift: 0.08 } }",
    "        - uses: stain/colour-jitter",
    "          with: { p: 0.5, brightness: [0.8, 1.2], contrast: [0.8, 1.2], saturation: [0.6, 1.4], hue: 0.03 }",
    ...comment(8, "and in exposure, focus and noise"),
    "        - uses: data/gamma",
    "        - { uses: data/low-resolution, with: { p: 0.15 } }",
    "        - { uses: data/blur, with: { p: 0.15 } }",
    "        - { uses: data/noise, with: { p: 0.15 } }",
    "      optimizer:",
    "        uses: model/adamw",
    "        with:",
    '          lr: "${params.learningRate}"',
    "          weightDecay: 0.01",
    '          groups: [{ names: "^encoder\\\\.", lr: "${params.encoderRate}" }]',
    ...comment(6, "the learning rate falls to 0 along a cosine: the last steps settle"),
    "      schedule: { uses: model/cosine }",
    ...comment(6, "longer gradients are shortened, as nnU-Net does: one odd batch spoils nothing"),
    "      clipNorm: 12",
    '      average: { kind: ema, decay: "${params.average}" }',
  ];
}

function validateLines(scale: PatchScale): string[] {
  return [
    "  validate:",
    ...comment(4, "what settings are chosen by"),
    "    uses: model/tta-evaluator",
    '    each: { fold: "${steps.folds}" }',
    "    with:",
    '      split: "${each.fold}"',
    "      part: validation",
    '      model: "${steps.train}"',
    ...(typeof scale === "number"
      ? [
          ...comment(6, "all of a patch at once: windows know less of their borders"),
          '      window: { size: "${params.scale}" }',
        ]
      : []),
    ...comment(6, "with the four turns eight views of a patch, averaged"),
    "      flips: true",
    ...comment(6, "batch normalisation goes half by the patches that are predicted: it helps where a scanner is new"),
    "      statistics: { share: 0.5 }",
    "      resolution: original",
  ];
}

/** A value as YAML reads it in one line. */
export function yaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(yaml).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${yaml(inner)}`)
      .join(", ")} }`;
  }
  // Names as they are, all other text quoted: nothing in it is read as something else.
  if (
    typeof value !== "string" ||
    (/^[a-z][a-z/-]*[a-z0-9-]*$/.test(value) && !["true", "false", "null"].includes(value))
  ) {
    return String(value);
  }
  return JSON.stringify(value);
}

/** Lines of a comment, broken between words. */
function comment(indent: number, text: string): string[] {
  const start = `${" ".repeat(indent)}#`;
  const lines: string[] = [];
  let line = start;
  for (const word of text.split(/\s+/)) {
    if (line.length + 1 + word.length > widest && line !== start) {
      lines.push(line);
      line = start;
    }
    line += ` ${word}`;
  }
  return text === "" ? [] : [...lines, line];
}
