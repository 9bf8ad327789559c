import path from "node:path";
import { expect, test } from "vitest";
import { loadDocument } from "../../document/load-document.js";
import { toyRegistry } from "../../fixtures/toy-components.js";
import { load, writeFiles } from "../../fixtures/write-document.js";
import { describeOrigin } from "./describe-origin.js";
import { readSettings, readValidSettings, type SettingsRequest } from "./read-settings.js";

const base = `name: base
seed: 7
params: { alpha: 0.3, root: "\${env.ROOT}" }
profiles:
  quick: { params: { alpha: 0 }, steps: { train: { with: { batch: 2 } } } }
steps:
  data: { uses: toy/data, with: { root: "\${params.root}" } }
  folds: { uses: toy/kfold, with: { dataset: "\${steps.data}" } }
  train:
    uses: toy/train
    each: { fold: "\${steps.folds}" }
    matrix: { mode: [fast, exact] }
    with:
      split: \${each.fold}
      alpha: \${params.alpha}
      mode: \${matrix.mode}
      augment: [{ uses: toy/flip }, { uses: toy/one-of, with: { choices: [{ p: 1, uses: toy/flip }] } }]
      stopping: { monitor: loss }
`;

const over =
  "extends: ./base.yaml\nsteps:\n  train: { with: { augment: { $change: { toy/flip: { with: { p: 1 } } } } } }\n";

async function table(how: { profile?: string; set?: string[] }, request: Partial<SettingsRequest> = {}) {
  const folder = writeFiles({ "base.yaml": base, "over.yaml": over });
  const document = await loadDocument(path.join(folder, "over.yaml"), how);
  const settings = readSettings(document, toyRegistry(), { env: { ROOT: "/images" }, ...request });
  return settings.map((each) => `${each.path} = ${JSON.stringify(each.value)}  ${describeOrigin(each, folder)}`);
}

test("every value with the file, profile, flag, variable or component that it comes from", async () => {
  expect(await table({ profile: "quick", set: ["seed=9"] }, { engine: { name: "cpu" } })).toMatchInlineSnapshot(`
    [
      "seed = 9  --set seed=9",
      "engine.precision = "float32"  default of Eosin",
      "engine.name = "cpu"  --engine cpu",
      "params.alpha = 0  base.yaml:5 (profile quick)",
      "params.root = "/images"  ROOT of the environment, by \${env.ROOT} at base.yaml:3",
      "steps.data.uses = "toy/data"  base.yaml:7",
      "steps.data.with.root = "/images"  ROOT of the environment, by \${params.root} at base.yaml:7",
      "steps.data.with.count = 4  default of toy/data",
      "steps.folds.uses = "toy/kfold"  base.yaml:8",
      "steps.folds.with.dataset = "\${steps.data}"  base.yaml:8",
      "steps.folds.with.k = 2  default of toy/kfold",
      "steps.train.uses = "toy/train"  base.yaml:10",
      "steps.train.matrix.mode = ["fast","exact"]  base.yaml:12",
      "steps.train.each.fold = "\${steps.folds}"  base.yaml:11",
      "steps.train.with.split = "\${each.fold}"  base.yaml:14",
      "steps.train.with.alpha = 0  base.yaml:5 (profile quick), by \${params.alpha} at base.yaml:15",
      "steps.train.with.mode = "\${matrix.mode}"  base.yaml:16",
      "steps.train.with.augment.toy/flip.uses = "toy/flip"  base.yaml:17",
      "steps.train.with.augment.toy/flip.with.p = 1  over.yaml:3",
      "steps.train.with.augment.toy/one-of.uses = "toy/one-of"  base.yaml:17",
      "steps.train.with.augment.toy/one-of.with.choices.toy/flip.p = 1  base.yaml:17",
      "steps.train.with.augment.toy/one-of.with.choices.toy/flip.uses = "toy/flip"  base.yaml:17",
      "steps.train.with.augment.toy/one-of.with.choices.toy/flip.with.p = 0.5  default of toy/flip",
      "steps.train.with.stopping.monitor = "loss"  base.yaml:18",
      "steps.train.with.stopping.patience = 10  default of toy/train",
      "steps.train.with.batch = 2  base.yaml:5 (profile quick)",
      "steps.train.with.workers = 1  default of toy/train",
    ]
  `);
});

test("needs neither data nor variables", async () => {
  const rows = await table({}, { env: {} });
  expect(rows).toContain('params.root = "${env.ROOT}"  ROOT of the environment');
  expect(rows).toContain("params.alpha = 0.3  base.yaml:3");
});

test("a document with faults still says what it says", async () => {
  const document = await load("name: a\nsteps: { t: { uses: toy/train, with: { batch: many, nothing: 1 } } }\n");
  const settings = readSettings(document, toyRegistry(), { env: {} });
  expect(settings.filter((each) => each.path.startsWith("steps")).map((each) => [each.path, each.value])).toEqual([
    ["steps.t.uses", "toy/train"],
    ["steps.t.with.batch", "many"],
    ["steps.t.with.nothing", 1],
  ]);
});

test("where a document must be valid, faults are thrown, and a valid one says the same", async () => {
  const faulty = await load("name: a\nsteps: { t: { uses: toy/train, with: { batch: many } } }\n");
  expect(() => readValidSettings(faulty, toyRegistry(), { env: {} })).toThrow(
    expect.objectContaining({ code: "INVALID_VALUE" }),
  );
  const valid = await load("name: a\nsteps: { it: { uses: toy/anything } }\n");
  const request = { env: {} };
  expect(readValidSettings(valid, toyRegistry(), request)).toEqual(readSettings(valid, toyRegistry(), request));
});
