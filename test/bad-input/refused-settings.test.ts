import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createPlan, loadDocument, loadPlugins, type PluginRegistry, ungroup, validateDocument } from "@eosin/core";
import { type EosinError, isEosinError, type SourcePlace } from "@eosin/plugin-api";
import { storedFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "eosin-settings-"));
const origin = `file://${fileURLToPath(new URL("../../packages/cli/dist/bin.js", import.meta.url))}`;
let registry: PluginRegistry;

/** Every line that a case changes is a line of its own, so that errors can name it. */
const lines = {
  split: "data/holdout, with: { dataset: '${steps.data}', validation: 0.2 }",
  size: "size: 64",
  batch: "batch: 4",
  network: "network: { uses: model/unet, with: { encoder: tiny } }",
  loss: "loss: { uses: model/segmentation }",
  augment: "augment: [{ uses: data/flip }]",
  stopping: "earlyStopping: { patience: 3 }",
  part: "part: test",
  domains: "domains: [scanner-a, scanner-b]",
  each: "each: { fold: '${steps.folds}' }",
  fold: "split: '${each.fold}'",
  baseline: "size: 64",
} as const;
type Line = keyof typeof lines;

function documentOf(changes: { readonly [name in Line]?: string }): string {
  const use = (name: Line) => changes[name] ?? lines[name];
  return `name: settings
plugins: { "@eosin/engine": "*", "@eosin/plugins-data": "*", "@eosin/plugins-stain": "*", "@eosin/plugins-model": "*" }
engine: cpu
steps:
  data: { uses: data/synthetic, with: { scanners: 2, perScanner: 6, size: 64 } }
  folds: { uses: ${use("split")} }
  train:
    uses: model/trainer
    each: { fold: '\${steps.folds}' }
    with:
      split: '\${each.fold}'
      ${use("size")}
      ${use("batch")}
      ${use("network")}
      ${use("loss")}
      ${use("augment")}
      ${use("stopping")}
  evaluate:
    uses: model/tta-evaluator
    each: { fold: '\${steps.folds}' }
    with:
      split: '\${each.fold}'
      ${use("part")}
      model: '\${steps.train}'
      ${use("domains")}
  colour:
    uses: model/baseline-colour
    ${use("each")}
    with:
      ${use("fold")}
      ${use("baseline")}
`;
}

async function load(text: string) {
  const file = join(folder, "settings.yaml");
  writeFileSync(file, text);
  return loadDocument(file, {});
}

async function plan(text: string): Promise<readonly EosinError[]> {
  const log = { info: () => undefined, warn: () => undefined };
  const hasher = { hashAll: async (paths: readonly string[]) => paths.map(() => "content") };
  try {
    await createPlan(await load(text), registry, { env: {}, hasher, log, threads: 1 });
    return [];
  } catch (error) {
    if (isEosinError(error)) return ungroup(error);
    throw error;
  }
}

const codesAndLines = (errors: readonly EosinError[], text: string) =>
  errors.map(({ code, place }) => [code, text.split("\n")[(place as SourcePlace).line - 1].trim()]);

beforeAll(async () => {
  registry = await loadPlugins(await load(documentOf({})), { from: [origin] });
  await writeStoredTensors(
    join(folder, "other.safetensors"),
    new Map([["encoder.fc1.weight", storedFloat32(new Float32Array(4), [2, 2])]]),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("what would run is refused nowhere", async () => {
  expect(await plan(documentOf({}))).toEqual([]);
  expect(await validateDocument(await load(documentOf({})), registry, { env: {} })).toEqual([]);
});

/** At the line that is changed, or at the one named. */
type Case = [why: string, changes: { readonly [name in Line]?: string }, code: string, at: Line | string];

const ofTheDocument: Case[] = [
  ["a size that the network's strides do not divide", { size: "size: 100" }, "SIZE_NOT_MULTIPLE", "size"],
  [
    "a width that they do not divide",
    { size: "size: { width: 96, height: 80 }", augment: "augment: []" },
    "SIZE_NOT_MULTIPLE",
    "size",
  ],
  [
    "a loss of what the network does not give",
    { loss: "loss: { uses: model/segmentation-plus-reconstruction }" },
    "LOSS_NEEDS_OUTPUT",
    "loss",
  ],
  [
    "an image-level loss without its head",
    {
      network: "network: { uses: model/multitask-unet, with: { encoder: tiny } }",
      loss: "loss: { uses: model/image-level-auxiliary, with: { loss: { uses: model/segmentation } } }",
    },
    "LOSS_NEEDS_OUTPUT",
    "loss",
  ],
  [
    "densities to learn from of another number of stains",
    {
      network: "network: { uses: model/multitask-unet, with: { encoder: tiny, stains: 3 } }",
      loss: "loss: { uses: model/density-supervised }",
      augment: "augment: [{ uses: stain/density-targets }]",
    },
    "DENSITY_MISMATCH",
    "network",
  ],
  [
    "quarter turns of patches that are not squares",
    { size: "size: { width: 64, height: 96 }", augment: "augment: [{ uses: data/flip }, { uses: data/rotate90 }]" },
    "SIZE_NOT_SQUARE",
    "augment",
  ],
  [
    "quarter turns as one of several choices",
    {
      size: "size: { width: 64, height: 96 }",
      augment: "augment: [{ uses: stain/one-of, with: { choices: [{ p: 0.5, uses: data/rotate90 }] } }]",
    },
    "SIZE_NOT_SQUARE",
    "augment",
  ],
  [
    "ImageNet weights that no encoder has",
    { network: "network: { uses: model/unet, with: { encoder: tiny, pretrained: imagenet } }" },
    "WEIGHTS_UNKNOWN",
    "network",
  ],
  [
    "windows larger than the images that they are cut out of",
    { size: "size: { width: 64, height: 96 }", batch: "scale: { width: 128, height: 64 }" },
    "SCALE_TOO_SMALL",
    "batch",
  ],
  ["tumour for windows that there are none of", { batch: "sampling: { tumour: 0.3 }" }, "WINDOWS_NEEDED", "batch"],
  ["a batch that no buffer holds", { size: "size: 2048", batch: "batch: 4096" }, "BATCH_TOO_LARGE", "batch"],
  ["a patch that no buffer holds", { size: "size: 65536", batch: "batch: 1" }, "BATCH_TOO_LARGE", "size"],
  ["a patch of a baseline that no buffer holds", { baseline: "size: 65536 # pixels" }, "BATCH_TOO_LARGE", "baseline"],
];

const ofTheData: Case[] = [
  [
    "samples balanced by what they do not have",
    { batch: "sampling: { balance: slide }" },
    "ATTRIBUTE_UNKNOWN",
    "batch",
  ],
  [
    "densities of a dataset of another number of stains",
    {
      network: "network: { uses: model/multitask-unet, with: { encoder: tiny, stains: 1 } }",
      loss: "loss: { uses: model/density-supervised }",
    },
    "DENSITY_MISMATCH",
    "network",
  ],
  [
    "early stopping without a validation part",
    { split: "data/holdout, with: { dataset: '${steps.data}', validation: 0 }" },
    "EMPTY_PART",
    "stopping",
  ],
  [
    "a part that is empty",
    {
      split: "data/holdout, with: { dataset: '${steps.data}', validation: 0 }",
      stopping: "epochs: 2",
      part: "part: validation",
      domains: "threshold: 0.5",
    },
    "EMPTY_PART",
    "part",
  ],
  ["a domain that is not there", { domains: "domains: [scanner-9]" }, "UNKNOWN_DOMAIN", "domains"],
  [
    "all folds in the place of one",
    {
      split: "data/stratified-kfold, with: { dataset: '${steps.data}', k: 2 }",
      each: "matrix: { fold: [1] }",
      fold: "split: '${steps.folds}'",
    },
    "SEVERAL_SPLITS",
    "fold",
  ],
  [
    "weights of another network",
    { network: "network: { uses: model/unet, with: { encoder: tiny, weights: other.safetensors } }" },
    "WEIGHTS_MISMATCH",
    "network",
  ],
];

describe.each([...ofTheDocument, ...ofTheData])("%s", (_, changes, code, at) => {
  it("is refused while planning, at its option", async () => {
    const text = documentOf(changes);
    const line = changes[at as Line] ?? lines[at as Line];
    expect(codesAndLines(await plan(text), text)).toEqual([[code, line]]);
  });
});

it.each(ofTheDocument)("%s is refused without any data", async (_, changes, code) => {
  const text = documentOf(changes);
  expect((await validateDocument(await load(text), registry, { env: {} })).map((error) => error.code)).toEqual([code]);
});

it("an option that stands for an unset variable is left alone", async () => {
  const text = documentOf({ size: "size: '${env.SIZE}'" });
  expect(await validateDocument(await load(text), registry, { env: {} })).toEqual([]);
});

describe("sizes out of all proportion", () => {
  const trainer = ["batch", "microBatch", "epochs", "checkpointEvery", "workers", "size"].map((name) => `${name}: `);
  const absurd = ["1000000000", "1000000000000", "-0", "-1", "1.5", ".inf", "1e300"];
  it.each(trainer.flatMap((option) => absurd.map((value) => [`${option}${value}`])))("%s", async (setting) => {
    const own = setting.startsWith("batch") ? "batch" : setting.startsWith("size") ? "size" : "stopping";
    const errors = await plan(documentOf({ [own]: setting }));
    if (setting === "workers: -0") expect(errors).toEqual([]);
    else
      expect(errors.map(({ code, place }) => [code, typeof place])).toEqual([
        [setting.endsWith(".inf") ? "YAML_UNSUPPORTED" : "INVALID_VALUE", "object"],
      ]);
  });

  it.each(["decoderChannels: [1000000000, 1, 1, 1, 1]", "dropConnect: 1e9", "encoder: efficientnet-b99"])(
    "%s",
    async (option) => {
      const errors = await plan(documentOf({ network: `network: { uses: model/unet, with: { ${option} } }` }));
      expect(errors.map(({ code }) => code)).toEqual(["INVALID_VALUE"]);
    },
  );
});

it("the largest network and batch that may be asked for are estimated in no time", async () => {
  const text = documentOf({
    size: "size: 1024",
    batch: "batch: 1024",
    network: "network: { uses: model/unet, with: { encoder: tiny, decoderChannels: [4096, 4096, 4096, 4096, 4096] } }",
  });
  const log = { info: () => undefined, warn: () => undefined };
  const hasher = { hashAll: async (paths: readonly string[]) => paths.map(() => "content") };
  const { instances } = await createPlan(await load(text), registry, { env: {}, hasher, log, threads: 1 });
  const train = instances.find(({ step }) => step === "train")!;
  const { definition } = registry.find("model/trainer")!;
  const estimate = await definition.estimate!({
    options: train.options,
    services: registry.services,
    log,
    modules: {},
    create: (spec, state) => registry.create(spec, log, state),
  });
  expect(estimate.peakBytes).toBeGreaterThan(2 ** 40);
});

it("a list of one split stands for that split", async () => {
  const text = documentOf({ each: "matrix: { fold: [1] }", fold: "split: '${steps.folds}'" });
  expect(codesAndLines(await plan(text), text)).toEqual([]);
});
