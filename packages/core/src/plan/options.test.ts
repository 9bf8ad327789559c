import { expect, test } from "vitest";
import { planText } from "../fixtures/plan-document.js";
import { rendered } from "../fixtures/write-document.js";

const text = (options: string, uses = "toy/train") => `name: options
params: { n: 3, batch: many, net: { uses: toy/network, with: { width: 4 } } }
steps:
  data: { uses: toy/data }
  folds: { uses: toy/kfold, with: { dataset: "\${steps.data}" } }
  it:
    uses: ${uses}
    with: ${options}
`;

test("defaults are filled in at every depth, and components know their plugin", async () => {
  const plan = await planText(
    text(
      "{ loss: { uses: toy/dice }, augment: [{ uses: toy/one-of, with: { choices: [{ p: 0.25, uses: toy/flip }] } }] }",
    ),
  );
  expect(plan.instances.at(-1)?.options).toEqual({
    alpha: 0.3,
    workers: 1,
    batch: 8,
    mode: "fast",
    loss: { uses: "toy/dice", kind: "loss", plugin: "toy-parts", with: { smooth: 1 } },
    augment: [
      {
        uses: "toy/one-of",
        kind: "augmenter",
        plugin: "toy-parts",
        with: { choices: [{ p: 0.25, uses: "toy/flip", kind: "augmenter", plugin: "toy-parts", with: { p: 0.5 } }] },
      },
    ],
  });
});

test("a component may come from params", async () => {
  const plan = await planText(text('{ network: "${params.net}" }'));
  expect(plan.instances.at(-1)?.options).toMatchObject({ network: { uses: "toy/network", with: { width: 4 } } });
});

test.each([
  ["an unknown step type", "{}", "toy/trian"],
  ["an unknown step type of another family", "{}", "model/evaluate"],
  ["a part as a step", "{}", "toy/dice"],
  ["an unknown option", "{ bacth: 4 }"],
  ["an unknown option inside a map that is not strict", "{ stopping: { monitor: loss, patiense: 3 } }"],
  ["an unknown option of a nested component", "{ augment: [{ uses: toy/flip, with: { q: 1 } }] }"],
  ["an unknown key beside uses", "{ loss: { uses: toy/dice, whit: {} } }"],
  ["a key that the core sets", "{ loss: { uses: toy/dice, kind: loss } }"],
  [
    "an unknown option in one branch of a union",
    '{ model: "${steps.folds}", size: { width: 1, height: 2, depth: 3 } }',
    "toy/evaluate",
  ],
  ["a wrong type", "{ batch: many }"],
  ["a number outside its range", "{ alpha: 1.5 }"],
  ["a word that is none of the choices", "{ mode: slow }"],
  ["a wrong type that a parameter brings", '{ batch: "${params.batch}" }'],
  ["a wrong type of a nested component", '{ augment: [{ uses: toy/flip, with: { p: "0.5" } }] }'],
  ["a missing option", "{ stopping: {} }"],
  ["a missing option beside uses", "{ augment: [{ uses: toy/one-of, with: { choices: [{ uses: toy/flip }] } }] }"],
  ["a missing reference", "{}", "toy/evaluate"],
  ["text where a reference belongs", "{ split: folds }"],
  ["an artifact of the wrong type", '{ model: "${steps.data}" }', "toy/evaluate"],
  ["an artifact of the wrong type, of several that are taken", '{ predictions: "${steps.data}" }', "toy/report"],
  ["an artifact where a number belongs", '{ batch: "${steps.data}" }'],
  ["a component as text", "{ loss: toy/dice }"],
  ["a component of the wrong kind", "{ loss: { uses: toy/flip } }"],
  ["an unknown component", "{ loss: { uses: toy/dise } }"],
  ["several faults at once", "{ bacth: 4, alpha: 2, loss: { uses: toy/dise } }"],
  ["a file that does not exist", "{ weights: ./none.safetensors }"],
])("refused: %s", async (_name, options, uses?: string) => {
  expect(await rendered(planText(text(options, uses)))).toMatchSnapshot();
});

test("the flag is the place of a wrong value that it brings", async () => {
  const wrong = planText(text("{ batch: 4 }"), { set: ["steps.it.with.batch=lots"] });
  expect(await rendered(wrong)).toMatchSnapshot();
});
