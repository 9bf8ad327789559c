import { expect, test } from "vitest";
import { planText } from "../fixtures/plan-document.js";
import { rendered } from "../fixtures/write-document.js";
import type { Plan } from "./plan.js";

const text = (value: string, params = "{}") => `name: references
params: ${params}
steps:
  first: { uses: toy/anything }
  it: { uses: toy/anything, with: { value: ${value} } }
`;

const resolvedValue = (plan: Plan) => plan.instances.find((each) => each.id === "it")?.options.value;

test.each([
  ['"${params.n}"', "{ n: 3 }", 3],
  ['"n=${params.n} ${params.b}"', "{ n: 3, b: true }", "n=3 true"],
  ['"${params.list}"', "{ list: [1, { a: x }] }", [1, { a: "x" }]],
  ['"${params.a}"', '{ a: "${params.b}", b: "${env.HOME}/x" }', "/home/x"],
  ['{ deep: ["${params.n}"] }', "{ n: null }", { deep: [null] }],
  ['"$${params.n}"', "{}", "${params.n}"],
  ['"${env.HOME}"', "{}", "/home"],
  ['"${steps.first}"', "{}", { $artifact: { type: "thing", instance: "first" } }],
])("%s with params %s", async (value, params, expected) => {
  expect(resolvedValue(await planText(text(value, params), { env: { HOME: "/home" } }))).toEqual(expected);
});

test("a variable that no step needs may be missing", async () => {
  const plan = await planText(text('"${params.used}"', '{ used: 1, unused: "${env.COSAS_ROOT}" }'));
  expect(resolvedValue(plan)).toBe(1);
  expect(plan.params).toEqual({ used: 1 });
});

test.each([
  ["a variable that a step needs", '"${env.COSAS_ROOT}"', "{}"],
  ["a variable that a step needs through params", '"${params.root}/x"', '{ root: "${env.COSAS_ROOT}" }'],
  ["an unknown parameter", '"${params.alhpa}"', "{ alpha: 1 }"],
  ["params that refer to each other", '"${params.a}"', '{ a: "${params.b}", b: "${params.c}", c: "x ${params.b}" }'],
  ["a parameter that refers to a step", '"${params.a}"', '{ a: "${steps.first}" }'],
  ["a list inside a text", '"x ${params.list}"', "{ list: [1] }"],
  ["a step inside a text", '"x ${steps.first}"', "{}"],
  ["a missing step", '"${steps.frist}"', "{}"],
  ["the step itself", '"${steps.it}"', "{}"],
  ["an axis that the step has not", '"${matrix.alpha}"', "{}"],
  ["an axis of the wrong sort", '"${each.fold}"', "{}"],
])("refused: %s", async (_name, value, params) => {
  expect(await rendered(planText(text(value, params)))).toMatchSnapshot();
});

test("refused: steps that wait for each other", async () => {
  const cyclic = `name: cycle
steps:
  a: { uses: toy/anything, with: { value: "\${steps.c}" } }
  b: { uses: toy/anything, with: { value: "\${steps.a}" } }
  c: { uses: toy/anything, with: { value: ["\${steps.b}"] } }
`;
  expect(await rendered(planText(cyclic))).toMatchSnapshot();
});
