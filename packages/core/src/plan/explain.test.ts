import { expect, test } from "vitest";
import { type PlanRequest, planText } from "../fixtures/plan-document.js";
import { rendered } from "../fixtures/write-document.js";
import type { PastArtifact } from "../store/store.js";
import { explainInstance } from "./explain.js";
import type { Plan } from "./plan.js";

const text = `name: explained
steps:
  data: { uses: toy/data }
  folds: { uses: toy/kfold, with: { dataset: "\${steps.data}" } }
  train:
    uses: toy/train
    each: { fold: "\${steps.folds}" }
    with: { split: "\${each.fold}", network: { uses: toy/network }, augment: [{ uses: toy/flip }] }
  evaluate: { uses: toy/evaluate, each: { fold: "\${steps.folds}" }, with: { model: "\${steps.train}" } }
  report: { uses: toy/report, with: { predictions: "\${steps.evaluate}" } }
`;

/** A store that holds what the plans would have written, the last one newest. */
function storeOf(...plans: readonly Plan[]) {
  const past = plans
    .flatMap((plan, age) => plan.instances.map((each) => ({ ...each, when: `2026-01-0${age + 1}` })))
    .reverse()
    .map(
      ({ id, fingerprint, parts, step, when }) => ({ instance: id, fingerprint, parts, step, when }) as PastArtifact,
    );
  return {
    has: async (fingerprint: string) => past.some((each) => each.fingerprint === fingerprint),
    history: async (step: string) => past.filter((each) => each.step === step),
  };
}

async function explain(instance: string, after: string, how: PlanRequest = {}) {
  const store = storeOf(await planText(text));
  return explainInstance(await planText(after, how), instance, store);
}

test("what has run is reused, what is planned is planned", async () => {
  expect(await explain("train[fold-0]", text)).toMatchObject({ outcome: "reused" });
  expect(await explain("data", text)).toMatchObject({ outcome: "planned" });
});

test("what never ran says so", async () => {
  const explanation = await explainInstance(await planText(text), "report", storeOf());
  expect(explanation).toEqual({
    instance: "report",
    step: "report",
    outcome: "would-run",
    reasons: ["Step report has no artifact in this store."],
  });
});

test.each<[string, string, string, string[], PlanRequest?]>([
  ["an option", "train[fold-0]", text.replace("split:", "alpha: 0.5, split:"), ["options.alpha: 0.3 → 0.5"]],
  [
    "an option of a nested component",
    "train[fold-1]",
    text.replace("{ uses: toy/flip }", "{ uses: toy/flip, with: { p: 1 } }"),
    ["options.augment.0.with.p: 0.5 → 1"],
  ],
  [
    "an option that was added",
    "train[fold-0]",
    text.replace("split:", "stopping: { monitor: loss }, split:"),
    ['options.stopping: nothing → {"monitor":"loss","patience":10}'],
  ],
  ["a plugin", "train[fold-0]", text, ["plugin toy-parts was edited"], { hashes: { "toy-parts": "x" } }],
  [
    "the engine",
    "train[fold-0]",
    text,
    ["engine.name: wasm → torch".replace("wasm", '"wasm"').replace("torch", '"torch"')],
    { engine: { name: "torch" } },
  ],
  [
    "the seed",
    "report",
    `seed: 3\n${text}`,
    [
      "seed: 0 → 3",
      "the lines of the document that it names moved",
      "input evaluate[fold-0] changed (options.predictions.0)",
      "input evaluate[fold-1] changed (options.predictions.1)",
    ],
  ],
  [
    "an input",
    "evaluate[fold-1]",
    text.replace("split:", "alpha: 0.5, split:"),
    ["input train[fold-1] changed (options.model)"],
  ],
  [
    "planned data",
    "train[fold-0]",
    text.replace("toy/data }", "toy/data, with: { count: 9 } }"),
    ["input folds (fold-0) changed (options.split)"],
  ],
  [
    "the number of inputs",
    "report",
    text.replace('"${steps.data}"', '"${steps.data}", k: 3'),
    ["options.predictions: 2 inputs → 3 inputs"],
  ],
])("names what changed: %s", async (_name, instance, after, reasons, how) => {
  expect(await explain(instance, after, how)).toMatchObject({ outcome: "would-run", reasons });
});

test("compares with the earlier artifact that differs least", async () => {
  const far = await planText(`seed: 5\n${text.replace("split:", "alpha: 0.9, split:")}`);
  const near = await planText(text);
  const store = storeOf(near, far);
  const explanation = await explainInstance(
    await planText(text.replace("split:", "alpha: 0.5, split:")),
    "train[fold-1]",
    store,
  );
  expect(explanation.reasons).toEqual(["options.alpha: 0.3 → 0.5"]);
  expect(explanation.comparedWith).toMatchObject({ instance: "train[fold-1]", when: "2026-01-01" });
});

test("an artifact that is in the history and not in the store", async () => {
  const plan = await planText(text);
  const explanation = await explainInstance(plan, "report", { ...storeOf(plan), has: async () => false });
  expect(explanation.reasons).toEqual(["Its artifact was removed from the store."]);
});

test("an instance that does not exist", async () => {
  expect(await rendered(explain("trian[fold-0]", text))).toMatchSnapshot();
});
