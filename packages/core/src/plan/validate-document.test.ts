import { expect, test } from "vitest";
import { toyRegistry } from "../fixtures/toy-components.js";
import { load, plainText } from "../fixtures/write-document.js";
import { unsetVariables, validateDocument } from "./validate-document.js";

const validate = async (text: string, env = {}) => validateDocument(await load(text), toyRegistry(), { env });

const whole = `name: whole
params: { root: "\${env.COSAS_ROOT}/images" }
steps:
  data: { uses: toy/data, with: { root: "\${params.root}" } }
  folds: { uses: toy/kfold, with: { dataset: "\${steps.data}" } }
  train:
    uses: toy/train
    each: { fold: "\${steps.folds}" }
    with: { split: "\${each.fold}", mode: "\${env.MODE}", batch: 4 }
`;

test("variables that are not set are not faults, whatever type they are to have", async () => {
  expect(await validate(whole)).toEqual([]);
  const variables = unsetVariables(await load(whole), { HOME: "/" });
  expect(variables).toMatchObject([
    { name: "COSAS_ROOT", step: "data", place: { line: 2 } },
    { name: "MODE", step: "train", place: { line: 9 } },
  ]);
  expect(unsetVariables(await load(whole), { COSAS_ROOT: "/x", MODE: "fast" })).toEqual([]);
});

test("variables that are set are judged", async () => {
  expect(await validate(whole, { MODE: "fast" })).toEqual([]);
  expect((await validate(whole, { MODE: "slow" })).map((error) => error.code)).toEqual(["INVALID_VALUE"]);
});

test("all faults come at once, each once, by place, and those of one step do not hide another's", async () => {
  const errors = await validate(`name: faults
steps:
  data: { uses: toy/dato, with: {} }
  folds: { uses: toy/kfold, with: { dataset: "\${steps.data}", k: 1 } }
  train:
    uses: toy/train
    each: { fold: "\${steps.folds}" }
    matrix: { alpha: [0, 2] }
    with: { split: "\${each.fold}", alpha: "\${matrix.alpha}", batch: many }
  evaluate: { uses: toy/evaluate, with: { model: "\${steps.tarin}", size: big } }
  report: { uses: toy/report, with: { predictions: "\${params.none}", titel: x } }
`);
  expect(errors.map(plainText).join("\n\n")).toMatchSnapshot();
});
