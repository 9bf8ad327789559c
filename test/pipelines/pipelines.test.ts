import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  createPlan,
  loadDocument,
  loadPlugins,
  type Plan,
  type PluginRegistry,
  pipelineJsonSchema,
  readSettings,
  validateDocument,
} from "@eosin/core";
import type { FileHasher, JsonValue } from "@eosin/plugin-api";
import { beforeAll, describe, expect, it } from "vitest";
import { baseOf, bases, multitask, pipelineFiles, pipelinesFolder, profilesOf } from "../fixtures/small-job.js";

const ablations = pipelineFiles.filter((name) => !bases.some((base) => base === name));
const origin = fileURLToPath(new URL("../../packages/cli/dist/bin.js", import.meta.url));
const noFiles: FileHasher = { hashAll: async (paths) => paths.map(() => "no content") };
let registry: PluginRegistry;

async function load(name: string, profile = "demo") {
  return loadDocument(join(pipelinesFolder, name), { profile });
}

async function planOf(name: string): Promise<Plan> {
  const log = { info: () => undefined, warn: () => undefined };
  return createPlan(await load(name), registry, { env: {}, hasher: noFiles, log, engine: { name: "cpu" }, threads: 1 });
}

async function settingsOf(name: string): Promise<ReadonlyMap<string, JsonValue>> {
  const settings = readSettings(
    await load(name, profilesOf(name).includes("paper") ? "paper" : "two-cores"),
    registry,
    { env: {} },
  );
  return new Map(settings.map(({ path, value }) => [path, value]));
}

beforeAll(async () => {
  registry = await loadPlugins(await loadDocument(multitask), { from: [`file://${origin}`] });
});

describe.each(ablations)("pipelines/%s", (name) => {
  it("is a few lines over the common file", () => {
    const text = readFileSync(join(pipelinesFolder, name), "utf8");
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(40);
    expect(bases).toContain(baseOf(name));
  });

  it("is valid in every profile", async () => {
    for (const profile of profilesOf(name)) {
      expect(await validateDocument(await load(name, profile), registry, { env: {} })).toEqual([]);
    }
  });

  it("has a plan in the demo profile, and differs from the common file in it", async () => {
    const [ours, common] = [await planOf(name), await planOf(baseOf(name))];
    const known = new Set(common.instances.map((each) => each.fingerprint));
    const own = ours.instances.filter(({ step, fingerprint }) => step !== "report" && !known.has(fingerprint));
    if (name === "cosas-multitask-alpha0.3.yaml") expect(own).toEqual([]);
    else expect(own.map((each) => each.step)).toContain("evaluate");
  });
});

it("pipelines/README.md lists every file", () => {
  const listed = readFileSync(join(pipelinesFolder, "README.md"), "utf8").matchAll(/^\| \[([\w./-]+)\]\(\1\)/gm);
  expect([...listed].map(([, name]) => name).sort()).toEqual(pipelineFiles);
});

/** Of the plan as the paper's profile has it; `null`: there is nothing. */
const augment = "steps.train.with.augment";
const mixture = `${augment}.stain/one-of.with.choices`;
const loss = "steps.train.with.loss";
it.each<[string, Record<string, JsonValue>]>([
  ["cosas-supervised", { "steps.train.with.network.uses": "model/unet", [`${loss}.uses`]: "model/segmentation" }],
  ["cosas-multitask-alpha0", { [`${loss}.with.alpha`]: 0 }],
  ["cosas-multitask-alpha0.3", { [`${loss}.with.alpha`]: 0.3 }],
  ["cosas-alpha-sweep", { "steps.train.matrix.alpha": [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] }],
  ["cosas-external", { "steps.folds.uses": "data/train-external", "steps.folds.with.test": "${steps.external}" }],
  ["ablations/no-augmentation", { [augment]: [], [`${augment}.data/flip.uses`]: null }],
  ["ablations/geometry-only", { [`${augment}.stain/one-of.uses`]: null, [`${augment}.data/rotate90.with.p`]: 0.5 }],
  [
    "ablations/randstainna-only",
    { [`${mixture}.stain/randstainna.p`]: 0.25, [`${mixture}.stain/separation-augment.p`]: null },
  ],
  [
    "ablations/separation-only",
    { [`${mixture}.stain/randstainna.p`]: null, [`${mixture}.stain/separation-augment.p`]: 0.25 },
  ],
  [
    "ablations/hed-jitter",
    { [`${augment}.stain/hed-jitter.with.theta`]: 0.05, [`${augment}.stain/one-of.uses`]: null },
  ],
  ["ablations/colour-jitter", { [`${mixture}.stain/grey.p`]: 0.25, [`${mixture}.stain/randstainna.p`]: null }],
  ["ablations/mix", { [`${augment}.stain/mix.with.randStainNA.p`]: 0.25, [`${augment}.stain/one-of.uses`]: null }],
  ["ablations/reconstruct-od", { "steps.train.with.network.with.reconstruct": "od" }],
  [
    "ablations/density-supervised",
    { [`${loss}.with.alpha`]: 0.3, [`${augment}.stain/density-targets.uses`]: "stain/density-targets" },
  ],
  [
    "ablations/image-level",
    { "steps.train.with.network.with.imageLevelHead": true, [`${loss}.with.loss.with.alpha`]: 0.3 },
  ],
  [
    "ablations/segmentation-losses",
    { "steps.train.matrix.loss": ["mcc", "iou", "dice", "bce", "dice+bce", "dice+iou"] },
  ],
  ["ablations/stain-normalisation", { "steps.train.matrix.normalizer": ["spcn", "macenko", "reinhard", "vahadane"] }],
  ["ablations/encoders", { "steps.train.matrix.encoder": ["b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7"] }],
  [
    "ablations/post-processing",
    { "steps.evaluate.with.resolution": "original", "steps.train.matrix.postprocess": null },
  ],
  ["ablations/test-time-augmentation", { "steps.evaluate.matrix.rotations": { none: [0], four: [0, 90, 180, 270] } }],
  ["ablations/leave-one-scanner-out", { "steps.folds.uses": "data/leave-one-domain-out" }],
  [
    "cosas-best",
    { "steps.folds.uses": "data/train-external", "steps.members.with.k": 4, "steps.ensemble.uses": "model/ensemble" },
  ],
  [
    "ablations/best-leave-one-scanner-out",
    { "steps.folds.uses": "data/leave-one-domain-out", "steps.members.with.k": 4, "steps.external.uses": null },
  ],
  ["ablations/lite0-leave-one-scanner-out", { "steps.folds.uses": "data/leave-one-domain-out" }],
])("%s says what its row of the README says", async (name, expected) => {
  const settings = await settingsOf(`${name}.yaml`);
  const found = Object.keys(expected).map((path) => [path, settings.get(path) ?? null]);
  expect(Object.fromEntries(found)).toEqual(expected);
});

describe("what the points of a sweep have in common is there once", () => {
  it("α: 11 points on 2 folds", async () => {
    const { instances } = await planOf("cosas-alpha-sweep.yaml");
    const count = (step: string) => instances.filter((each) => each.step === step).length;
    const steps = ["data", "folds", "train", "stains", "evaluate", "all-tumour", "colour-alone", "report"];
    expect(steps.map((step) => `${step} ${count(step)}`)).toEqual([
      "data 1",
      "folds 1",
      "train 22",
      "stains 1",
      "evaluate 22",
      "all-tumour 2",
      "colour-alone 2",
      "report 1",
    ]);
    const fingerprints = new Set(instances.map((each) => each.fingerprint));
    expect(fingerprints.size).toBe(instances.length);
  });

  it("its point α = 0.3 is the common file's training, and all else but the report is too", async () => {
    const sweep = new Set((await planOf("cosas-alpha-sweep.yaml")).instances.map((each) => each.fingerprint));
    const common = await planOf("cosas-multitask.yaml");
    expect(common.instances.filter((each) => !sweep.has(each.fingerprint)).map((each) => each.id)).toEqual(["report"]);
  });

  it("post-processing shares its training with the common file", async () => {
    const ours = await planOf("ablations/post-processing.yaml");
    const common = new Set((await planOf("cosas-multitask.yaml")).instances.map((each) => each.fingerprint));
    const own = ours.instances.filter((each) => !common.has(each.fingerprint)).map((each) => each.step);
    expect([...new Set(own)]).toEqual(["evaluate", "report"]);
  });
});

it("the JSON Schema accepts them all", () => {
  // Of the core's own: nothing else here needs them.
  const require = createRequire(new URL("../../packages/core/package.json", import.meta.url));
  const { Ajv2020 } = require("ajv/dist/2020.js");
  const { parse } = require("yaml");
  const accepts = new Ajv2020({ strict: false }).compile(pipelineJsonSchema(registry));
  for (const name of pipelineFiles) {
    expect(
      accepts(parse(readFileSync(join(pipelinesFolder, name), "utf8"))),
      `${name}: ${JSON.stringify(accepts.errors)}`,
    ).toBe(true);
  }
});
