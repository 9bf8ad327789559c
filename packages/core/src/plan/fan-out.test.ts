import { describe, expect, test } from "vitest";
import { planText } from "../fixtures/plan-document.js";
import { rendered } from "../fixtures/write-document.js";
import type { Plan } from "./plan.js";

const head = `name: fan-out
steps:
  data: { uses: toy/data }
  folds: { uses: toy/kfold, with: { dataset: "\${steps.data}" } }
`;
const ids = (plan: Plan, step: string) => plan.instances.filter((each) => each.step === step).map((each) => each.id);
const optionsOf = (plan: Plan, id: string) => plan.instances.find((each) => each.id === id)?.options;
const handle = (type: string, instance: string, item?: string) => ({
  $artifact: { type, instance, ...(item ? { item } : {}) },
});

const sweep = `${head}
  train:
    uses: toy/train
    each: { fold: "\${steps.folds}" }
    matrix: { alpha: [0, 0.5] }
    with: { split: "\${each.fold}", alpha: "\${matrix.alpha}" }
  evaluate:
    uses: toy/evaluate
    each: { fold: "\${steps.folds}" }
    matrix: { alpha: [0, 0.5] }
    with: { split: "\${each.fold}", model: "\${steps.train}" }
  perAlpha:
    uses: toy/report
    matrix: { alpha: [0.5] }
    with: { predictions: "\${steps.evaluate}", title: "alpha \${matrix.alpha}" }
  report: { uses: toy/report, with: { predictions: "\${steps.evaluate}" } }
`;

test("each and matrix together are a product, named by axis", async () => {
  const plan = await planText(sweep);
  expect(ids(plan, "train")).toEqual([
    "train[alpha=0,fold=fold-0]",
    "train[alpha=0,fold=fold-1]",
    "train[alpha=0.5,fold=fold-0]",
    "train[alpha=0.5,fold=fold-1]",
  ]);
  expect(optionsOf(plan, "train[alpha=0.5,fold=fold-1]")).toMatchObject({
    split: handle("split", "folds", "fold-1"),
    alpha: 0.5,
  });
});

test("the same axis zips", async () => {
  const plan = await planText(sweep);
  const instance = plan.instances.find((each) => each.id === "evaluate[alpha=0.5,fold=fold-0]");
  expect(instance).toMatchObject({
    axes: { alpha: "0.5", fold: "fold-0" },
    options: { model: handle("model", "train[alpha=0.5,fold=fold-0]") },
    inputs: ["folds", "train[alpha=0.5,fold=fold-0]"],
  });
});

test("from outside an axis a reference gathers, over the axes that are not shared", async () => {
  const plan = await planText(sweep);
  expect(optionsOf(plan, "perAlpha[0.5]")).toEqual({
    title: "alpha 0.5",
    predictions: [
      handle("predictions", "evaluate[alpha=0.5,fold=fold-0]"),
      handle("predictions", "evaluate[alpha=0.5,fold=fold-1]"),
    ],
  });
  expect(optionsOf(plan, "report")?.predictions).toHaveLength(4);
});

test("a gathered axis of one value is still a list, no axis at all is not", async () => {
  const plan = await planText(`name: a
steps:
  train: { uses: toy/train, matrix: { alpha: [0] }, with: { alpha: "\${matrix.alpha}" } }
  all: { uses: toy/anything, with: { value: "\${steps.train}" } }
  one: { uses: toy/anything, with: { value: "\${steps.all}" } }
`);
  expect(optionsOf(plan, "all")?.value).toEqual([handle("model", "train[0]")]);
  expect(optionsOf(plan, "one")?.value).toEqual(handle("thing", "all"));
});

test("axes of the same name over other lists are other axes", async () => {
  const plan = await planText(`${head}
  others: { uses: toy/kfold, with: { dataset: "\${steps.data}", k: 3 } }
  train: { uses: toy/train, each: { fold: "\${steps.folds}" }, with: { split: "\${each.fold}" } }
  check: { uses: toy/anything, each: { fold: "\${steps.others}" }, with: { value: "\${steps.train}" } }
`);
  expect(ids(plan, "check")).toHaveLength(3);
  expect(optionsOf(plan, "check[fold-2]")?.value).toHaveLength(2);
});

test("planned steps fan out too, and lists are taken by the axes that both have", async () => {
  const plan = await planText(`name: a
steps:
  data: { uses: toy/data, matrix: { n: [4, 6] }, with: { count: "\${matrix.n}" } }
  folds: { uses: toy/kfold, matrix: { n: [4, 6] }, with: { dataset: "\${steps.data}", k: "\${matrix.n}" } }
  train: { uses: toy/train, matrix: { n: [4, 6] }, each: { fold: "\${steps.folds}" }, with: { split: "\${each.fold}" } }
`);
  expect(ids(plan, "train")).toHaveLength(10);
  expect(plan.planned["folds[6]"]).toMatchObject({ items: { length: 6 } });
  expect(optionsOf(plan, "train[fold=fold-5,n=6]")?.split).toEqual(handle("split", "folds[6]", "fold-5"));
});

test("values of a matrix may have names, and come from params", async () => {
  const plan = await planText(`name: a
params: { alphas: [0, 1] }
steps:
  train:
    uses: toy/train
    matrix: { loss: { plain: { uses: toy/mcc }, smooth: { uses: toy/dice, with: { smooth: 2 } } }, alpha: "\${params.alphas}" }
    with: { loss: "\${matrix.loss}", alpha: "\${matrix.alpha}" }
`);
  expect(ids(plan, "train")[2]).toBe("train[alpha=0,loss=smooth]");
  expect(optionsOf(plan, "train[alpha=1,loss=smooth]")).toMatchObject({ alpha: 1, loss: { with: { smooth: 2 } } });
});

test("the key of an item is text", async () => {
  const plan = await planText(`${head}
  it: { uses: toy/anything, each: { fold: "\${steps.folds}" }, with: { value: "is \${each.fold.key}" } }
`);
  expect(optionsOf(plan, "it[fold-1]")?.value).toBe("is fold-1");
});

test("instances come after their inputs, steps otherwise in document order", async () => {
  const plan = await planText(`name: a
steps:
  last: { uses: toy/anything, with: { value: ["\${steps.second}", "\${steps.first}"] } }
  first: { uses: toy/anything }
  second: { uses: toy/anything, with: { value: "\${steps.first}" } }
`);
  expect(plan.instances.map((each) => each.id)).toEqual(["first", "second", "last"]);
});

describe("refused", () => {
  test.each([
    [
      "an axis over a step that must run first",
      '  x: { uses: toy/anything }\n  it: { uses: toy/anything, each: { a: "${steps.x}" } }\n',
    ],
    ["an axis over one value", '  it: { uses: toy/anything, each: { a: "${steps.data}" } }\n'],
    ["an axis without values", "  it: { uses: toy/anything, matrix: { a: {} } }\n"],
    ["an axis with a value twice", "  it: { uses: toy/anything, matrix: { a: [1, 2, 1] } }\n"],
    ["a map without a name in an axis", "  it: { uses: toy/anything, matrix: { a: [{ uses: toy/dice }] } }\n"],
    ["a value that cannot name an instance", '  it: { uses: toy/anything, matrix: { a: ["a, b"] } }\n'],
    [
      "an axis in both each and matrix",
      '  it: { uses: toy/anything, matrix: { a: [1] }, each: { a: "${steps.folds}" } }\n',
    ],
    ["an axis that refers to another", '  it: { uses: toy/anything, matrix: { a: [1], b: ["${matrix.a}"] } }\n'],
    [
      "a value that the other step's axis has not",
      '  x: { uses: toy/anything, matrix: { a: [1, 2] } }\n  it: { uses: toy/anything, matrix: { a: [2, 3] }, with: { value: "${steps.x}" } }\n',
    ],
    [
      "a gathered list where one artifact belongs",
      '  train: { uses: toy/train, each: { fold: "${steps.folds}" }, with: { split: "${each.fold}" } }\n  it: { uses: toy/evaluate, with: { model: "${steps.train}" } }\n',
    ],
    [
      "a planned step that needs one that must run first",
      '  x: { uses: toy/anything }\n  late: { uses: toy/kfold, with: { dataset: "${steps.x}" } }\n',
    ],
  ])("%s", async (_name, steps) => {
    expect(await rendered(planText(head + steps))).toMatchSnapshot();
  });
});
