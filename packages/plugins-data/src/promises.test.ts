import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { augmenterKind, datasetKind, type KindDefinition, splitKind } from "@eosin/plugin-api";
import { checkAugmenter, checkDataset, checkSplit, ofKind } from "@eosin/plugin-api/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import plugin from "./index.js";
import { temporaryFolder, writePair } from "./testing/picture-folder.test-support.js";
import { indexOf, withAttributes } from "./testing/plan-context.test-support.js";

const component = <Implementation>(kind: KindDefinition<Implementation>, type: string) =>
  ofKind(kind, plugin.components).find(([name]) => name === type)![1];

/** Where by itself an augmenter seldom does anything. */
const certain: { readonly [type: string]: object } = {
  "data/affine": { rotation: { p: 0.7 }, scale: { p: 0.7, axes: "apart" }, shear: { p: 0.5 }, shift: { p: 0.5 } },
  "data/elastic": { p: 0.9 },
  ...Object.fromEntries(
    ["blur", "noise", "brightness", "contrast", "gamma", "low-resolution", "cut-out"].map((name) => [
      `data/${name}`,
      { p: 0.9 },
    ]),
  ),
};
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  for (const [i, name] of ["a", "b"].entries()) {
    for (const domain of ["one", "two"]) {
      const at = (part: string) => join(folder, "task2", domain, part, `${name}.png`);
      await writePair(at("image"), at("mask"), 12 + i, 9, i + 1);
    }
  }
  const table = "image,mask,domain\none/image/a.png,one/mask/a.png,one\ntwo/image/b.png,two/mask/b.png,two\n";
  await writeFile(join(folder, "task2/list.csv"), table);
  await mkdir(join(folder, "splits"));
  const fold = { train: ["a/000", "a/001"], validation: ["b/000"], test: ["c/000"] };
  await writeFile(join(folder, "splits/folds.json"), JSON.stringify({ folds: [fold] }));
});
afterAll(() => rm(folder, { recursive: true }));

it.each(ofKind(augmenterKind, plugin.components))("augmenter %s keeps its promises", async (type, definition) => {
  const { imagesPerSecond } = await checkAugmenter(definition, { options: certain[type] });
  expect(imagesPerSecond).toBeGreaterThan(0);
});

it.each([
  ["data/synthetic", () => ({ scanners: 2, perScanner: 2, size: 32 })],
  ["data/cosas", () => ({ root: folder })],
  ["data/image-mask-folders", () => ({ root: join(folder, "task2") })],
  ["data/table", () => ({ file: join(folder, "task2/list.csv") })],
])("dataset %s keeps its promises", async (type, options) => {
  const { imagesPerSecond } = await checkDataset(component(datasetKind, type), { options: options() });
  expect(imagesPerSecond).toBeGreaterThan(0);
});

it.each([
  ["data/stratified-kfold", () => ({})],
  ["data/holdout", () => ({})],
  ["data/leave-one-domain-out", () => ({})],
  ["data/split-file", () => ({ file: join(folder, "splits/folds.json") })],
])("split %s keeps its promises", async (type, options) => {
  const { checks } = await checkSplit(component(splitKind, type), { options: options() });
  expect(checks).toHaveLength(8);
});

it("split data/split-column keeps its promises", async () => {
  const words = ["train", "validation", "test"];
  const dataset = withAttributes(indexOf({ a: 6, b: 6 }), (_, i) => ({ split: words[i % 3] }));
  const { checks } = await checkSplit(component(splitKind, "data/split-column"), { dataset });
  expect(checks).toHaveLength(8);
});
