import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { toyRegistry } from "../../fixtures/toy-components.js";
import { toJson } from "../../nodes/node.js";
import { parseYaml } from "../../nodes/parse-yaml.js";
import { pipelineJsonSchema } from "./pipeline-json-schema.js";

const schema = pipelineJsonSchema(toyRegistry());
const accepts = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, discriminator: false }).compile(
  schema,
);
const check = (text: string) => accepts(toJson(parseYaml({ file: "--text", text })!));

const steps = (text: string) => `name: a\nsteps: { ${text} }`;

test("says which draft it is, and describes components", () => {
  expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  expect(schema.$defs).toHaveProperty(["toy/train", "description"], "Trains.");
});

describe("accepts", () => {
  test.each([
    ["a step", steps("it: { uses: toy/anything }")],
    ["options", steps("it: { uses: toy/train, with: { batch: 4, mode: exact, stopping: { monitor: loss } } }")],
    [
      "references in place of values",
      steps('it: { uses: toy/train, with: { batch: "${params.b}", mode: "${env.M}", augment: "${params.a}" } }'),
    ],
    ["references to steps", steps('it: { uses: toy/evaluate, with: { model: "${steps.train}" } }')],
    [
      "axes",
      steps(
        'it: { uses: toy/evaluate, each: { fold: "${steps.folds}" }, matrix: { a: [0, 1], b: { x: {} } }, with: { model: "${steps.m}" } }',
      ),
    ],
    [
      "nested components, with what is beside uses",
      steps(
        "it: { uses: toy/train, with: { augment: [{ uses: toy/one-of, with: { choices: [{ p: 1, uses: toy/flip }] } }] } }",
      ),
    ],
    [
      "either branch of a union",
      steps('it: { uses: toy/evaluate, with: { model: "${steps.m}", size: { width: 1, height: "${params.h}" } } }'),
    ],
    [
      "profiles that change part of a step",
      `${steps("it: { uses: toy/anything }")}\nprofiles: { demo: { steps: { it: { with: { value: 1 } } }, seed: 3 } }`,
    ],
    ["a document that extends another", "extends: ./base.yaml\nsteps: { train: { with: { batch: 4 }, each: null } }"],
    [
      "changes of parts of lists",
      "extends: ./base.yaml\nsteps: { it: { with: { augment: { $drop: [toy/flip, 2], $change: { toy/one-of: { with: { choices: { $append: { uses: toy/flip } } } } } } } } }",
    ],
    ["recursive options", steps("it: { uses: toy/anything, with: { more: { a: [{ b: { c: 1 } }] } } }")],
  ])("%s", (_name, text) => {
    expect(check(text), JSON.stringify(accepts.errors)).toBe(true);
  });
});

describe("refuses", () => {
  test.each([
    ["an unknown key", "nam: a\nname: a\nsteps: {}"],
    ["no steps", "name: a"],
    ["an unknown type", steps("it: { uses: toy/trian }")],
    ["a part as a step", steps("it: { uses: toy/dice }")],
    ["an unknown option", steps("it: { uses: toy/train, with: { bacth: 4 } }")],
    ["an option of the wrong type", steps("it: { uses: toy/train, with: { batch: many } }")],
    [
      "an unknown option deep inside",
      steps("it: { uses: toy/train, with: { stopping: { monitor: a, patiense: 1 } } }"),
    ],
    ["a missing option", steps("it: { uses: toy/evaluate, with: {} }")],
    ["missing options altogether", steps("it: { uses: toy/evaluate }")],
    ["text in place of an artifact", steps("it: { uses: toy/evaluate, with: { model: train } }")],
    ["a component of another kind", steps("it: { uses: toy/train, with: { loss: { uses: toy/flip } } }")],
    [
      "options of another component",
      steps("it: { uses: toy/train, with: { loss: { uses: toy/dice, with: { p: 1 } } } }"),
    ],
    [
      "a missing key beside uses",
      steps(
        "it: { uses: toy/train, with: { augment: [{ uses: toy/one-of, with: { choices: [{ uses: toy/flip }] } }] } }",
      ),
    ],
    ["a list change of the wrong form", "extends: ./base.yaml\nsteps: { it: { with: { augment: { $drop: {} } } } }"],
    [
      "a list change beside options",
      "extends: ./base.yaml\nsteps: { it: { with: { augment: { $drop: toy/flip, p: 1 } } } }",
    ],
    ["an axis that is not a reference", steps("it: { uses: toy/anything, each: { fold: [1] } }")],
  ])("%s", (_name, text) => {
    expect(check(text)).toBe(false);
  });

  test("an unknown list operator", () => {
    expect(accepts({ extends: "./base.yaml", steps: { it: { with: { augment: { $dropp: "toy/flip" } } } } })).toBe(
      false,
    );
  });
});
