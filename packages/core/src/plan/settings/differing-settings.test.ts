import { expect, test } from "vitest";
import { toyRegistry } from "../../fixtures/toy-components.js";
import { load } from "../../fixtures/write-document.js";
import { differingSettings } from "./differing-settings.js";
import { readSettings } from "./read-settings.js";

const base = `name: base
params: { alpha: 0.3, batch: 4 }
steps:
  train:
    uses: toy/train
    with:
      alpha: \${params.alpha}
      batch: \${params.batch}
      loss: { uses: toy/mcc, with: { smooth: 2 } }
      augment: [{ uses: toy/flip }, { uses: toy/one-of, with: { choices: [{ p: 1, uses: toy/flip }] } }]
`;

async function settings(set: string[] = [], text = base) {
  return readSettings(await load(text, { set }), toyRegistry(), { env: {} });
}

async function difference(...set: string[]) {
  const differences = differingSettings(await settings(), await settings(set));
  return differences.map(({ path, a, b, reaches }) => [path, a?.value, b?.value, ...(reaches ? [reaches] : [])]);
}

test("nothing between a document and itself, wherever it is", async () => {
  expect(await difference()).toEqual([]);
});

test("a value, and a default that something now says", async () => {
  expect(await difference("seed=3", "steps.train.with.mode=exact")).toEqual([
    ["seed", 0, 3],
    ["steps.train.with.mode", "fast", "exact"],
  ]);
  expect(await difference("steps.train.with.mode=fast")).toEqual([]);
});

test("a parameter is told once, with the options that it reaches", async () => {
  expect(await difference("params.batch=8")).toEqual([["params.batch", 4, 8, ["steps.train.with.batch"]]]);
});

test("an option that no longer follows its parameter", async () => {
  expect(await difference("params.alpha=0.5", "steps.train.with.alpha=0.1")).toEqual([
    ["params.alpha", 0.3, 0.5],
    ["steps.train.with.alpha", 0.3, 0.1],
  ]);
});

test("a component that only one side has is one difference", async () => {
  const path = "steps.train.with.augment.toy/one-of.uses";
  expect(await difference("steps.train.with.augment.toy/one-of=null")).toEqual([[path, "toy/one-of", undefined]]);
});

test("another component: what was said of the first is told, defaults are not", async () => {
  expect(await difference("steps.train.with.loss={ uses: toy/dice }")).toEqual([
    ["steps.train.with.loss.uses", "toy/mcc", "toy/dice"],
    ["steps.train.with.loss.with.smooth", 2, 1],
  ]);
});

test("components of a list in another order", async () => {
  const other = base.replace(/\[\{ uses: toy\/flip \}, (.*)\]$/m, "[$1, { uses: toy/flip }]");
  const [order, ...rest] = differingSettings(await settings(), await settings([], other));
  expect(rest).toEqual([]);
  expect([order.path, order.a?.value, order.b?.value]).toEqual([
    "steps.train.with.augment (order)",
    ["toy/flip", "toy/one-of"],
    ["toy/one-of", "toy/flip"],
  ]);
});
