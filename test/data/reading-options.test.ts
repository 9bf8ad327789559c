import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  createPlan,
  loadDocument,
  loadPlugins,
  openStore,
  type Plan,
  type Store,
} from "../../packages/core/dist/index.js";
import { writePng } from "../../packages/pictures/src/testing/draw-files.test-support.js";
import type { DatasetIndex } from "../../packages/plugin-api/dist/imaging/index.js";
import { createWorkspace } from "../fixtures/workspace.js";
import { pipeBin } from "../run-pipe.js";
import { drawPair, side } from "./draw-pair.js";
import { writeBase } from "./write-base.js";

const workspace = createWorkspace();
let store: Store;
let plain: Plan;

beforeAll(async () => {
  await writeBase(join(workspace.folder, "patches"));
  await writePng(join(workspace.folder, "patches/A/image/alone.png"), drawPair(9).image, side, 3);
  store = await openStore(join(workspace.folder, ".eosin/store"));
  plain = await planWith({});
});
afterAll(() => workspace.remove());

/** The plan of a training on data that is read with `options`. */
async function planWith(options: object): Promise<Plan> {
  const data = { uses: "data/image-mask-folders", with: { root: "./patches", unpaired: "leave-out", ...options } };
  const file = workspace.write(
    "train.yaml",
    `name: train
plugins: { "@eosin/engine": "*", "@eosin/plugins-data": "*", "@eosin/plugins-model": "*" }
engine: wasm
steps:
  data: ${JSON.stringify(data)}
  fold: { uses: data/holdout, with: { dataset: "\${steps.data}" } }
  train:
    uses: model/trainer
    each: { fold: "\${steps.fold}" }
    with:
      split: \${each.fold}
      size: 32
      network: { uses: model/unet, with: { encoder: tiny, pretrained: none } }
      loss: { uses: model/segmentation }
`,
  );
  const document = await loadDocument(file, {});
  const registry = await loadPlugins(document, { from: [pathToFileURL(pipeBin).href], hasher: store.hasher });
  const log = { info: () => {}, warn: () => {} };
  return createPlan(document, registry, { log, env: {}, hasher: store.hasher });
}

const trainingOf = (plan: Plan) => plan.instances.find(({ step }) => step === "train")!.fingerprint;
const samplesOf = (plan: Plan) => (plan.planned.data as unknown as { value: DatasetIndex }).value.samples;

it.each([
  ["classes", { tumour: 255 }],
  ["classes", { tumour: 255, ignore: 7 }],
  ["maskChannel", "colour"],
  ["maskThreshold", 100],
  ["range", 4095],
  ["page", 1],
])("%s: %o is part of each sample's hash, and trains again", async (name, value) => {
  const plan = await planWith({ [name]: value });
  const before = new Map(samplesOf(plain).map(({ id, hash }) => [id, hash]));
  expect(samplesOf(plan)).toHaveLength(10);
  for (const { id, hash } of samplesOf(plan)) expect(hash, id).not.toBe(before.get(id));
  expect(trainingOf(plan)).not.toBe(trainingOf(plain));
  expect(trainingOf(await planWith({ [name]: value }))).toBe(trainingOf(plan));
});

it("two values of an option are two trainings", async () => {
  const trainings: string[] = [];
  for (const tumour of [255, 0, [255, 0]]) trainings.push(trainingOf(await planWith({ classes: { tumour } })));
  expect(new Set(trainings).size).toBe(3);
});

it("unpaired images that are all background train again, those left out do not", async () => {
  const background = await planWith({ unpaired: "no-tumour" });
  expect(samplesOf(background)).toHaveLength(11);
  expect(trainingOf(background)).not.toBe(trainingOf(plain));
});

it.each([{ maxPixels: 1_000_000 }, { recursive: true }, { imageEndings: ["png"] }])(
  "%o changes nothing",
  async (options) => {
    const plan = await planWith(options);
    expect(samplesOf(plan).map(({ hash }) => hash)).toEqual(samplesOf(plain).map(({ hash }) => hash));
    expect(trainingOf(plan)).toBe(trainingOf(plain));
  },
);

it("pairs of ordinary 8-bit PNGs keep the hash that they always had", () => {
  const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");
  for (const { id, hash } of samplesOf(plain)) {
    const [domain, name] = id.split("/");
    const [image, mask] = ["image", "mask"].map((part) =>
      sha256(readFileSync(join(workspace.folder, "patches", domain, part, `${name}.png`))),
    );
    expect(hash).toBe(sha256(`1:${image}:${mask}`));
  }
});
