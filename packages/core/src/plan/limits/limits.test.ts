import { describe, expect, test } from "vitest";
import { planDocument, planText } from "../../fixtures/plan-document.js";
import { toyRegistry } from "../../fixtures/toy-components.js";
import { load, plainText, rendered } from "../../fixtures/write-document.js";
import { readSettings } from "../settings/read-settings.js";
import { unsetVariables, validateDocument } from "../validate-document.js";
import { type Limits, readLimits } from "./limits.js";

/** What validation and planning say, which is the same; and that they say it soon. */
async function refusal(text: string, limits?: Partial<Limits>): Promise<string> {
  const all = limits && { ...readLimits(), ...limits };
  const started = performance.now();
  const document = await load(text);
  const faults = await validateDocument(document, toyRegistry(), { env: {}, limits: all });
  const planned = await rendered(planDocument(document, { limits: all }));
  expect(performance.now() - started).toBeLessThan(60_000);
  if (faults.length > 0) expect(faults.map(plainText)[0]).toBe(planned.split("\n\n")[0]);
  return planned;
}

const times = (count: number, text: string) => Array(count).fill(text).join(", ");
const bomb = (levels: number) => {
  const params = [`p0: [${times(9, "1")}]`];
  for (let i = 1; i < levels; i++) params.push(`p${i}: [${times(9, `"\${params.p${i - 1}}"`)}]`);
  return params.join("\n  ");
};
const anything = (value: string) => `steps:\n  a: { uses: toy/anything, with: { value: ${value} } }\n`;

describe("references that multiply", () => {
  test("lists: refused with place and count", async () => {
    const text = await refusal(`name: a\nparams:\n  ${bomb(40)}\n${anything('"${params.p39}"')}`);
    expect(text).toMatch(
      /^error References bring more values than a plan may hold\. \[LIMIT_EXCEEDED\]\n {2}at pipeline\.yaml:9:7\n/,
    );
    expect(text).toContain("expected      at most 1000000 values\n  found         16815123 values");
    expect(text).toContain("--limit values=16815123");
  });

  test("those that nothing needs do not matter", async () => {
    const plan = await planText(`name: a\nparams:\n  ${bomb(40)}\n${anything('"${params.p1}"')}`);
    expect(plan.instances[0].options).toMatchObject({ value: Array(9).fill(Array(9).fill(1)) });
  });

  test("inside one step", async () => {
    const text = `name: a\nparams:\n  ${bomb(4)}\n${anything(`[${times(200, '"${params.p3}"')}]`)}`;
    expect(await refusal(text)).toMatch(/LIMIT_EXCEEDED\]\n {2}at pipeline\.yaml:8:3\n/);
    const plan = await planText(text, { limits: readLimits(["values=2000000"]) });
    expect(plan.instances[0].options.value).toHaveLength(200);
  });

  test("over the instances of a step", async () => {
    const text = `name: a\nparams:\n  ${bomb(4)}\nsteps:\n  a:\n    uses: toy/anything\n    matrix: { x: [${Array.from({ length: 400 }, (_, i) => i).join(", ")}] }\n    with: { value: ["\${params.p3}", "\${matrix.x}"] }\n`;
    expect(await refusal(text)).toMatch(/LIMIT_EXCEEDED\]\n {2}at pipeline\.yaml:8:3\n/);
  });

  test("texts", async () => {
    const params = ["p0: 0123456789"];
    for (let i = 1; i < 40; i++) params.push(`p${i}: "\${params.p${i - 1}}\${params.p${i - 1}}"`);
    const text = await refusal(`name: a\nparams:\n  ${params.join("\n  ")}\n${anything('"${params.p39}"')}`);
    expect(text).toMatch(
      /^error References make a text longer than it may be\. \[LIMIT_EXCEEDED\]\n {2}at pipeline\.yaml:20:8\n/,
    );
    expect(text).toContain("found         1179648 characters");
  });

  test("levels", async () => {
    const params = ["p0: [1]"];
    for (let i = 1; i < 5000; i++) params.push(`p${i}: ["\${params.p${i - 1}}"]`);
    const text = await refusal(`name: a\nparams:\n  ${params.join("\n  ")}\n${anything('"${params.p4999}"')}`);
    expect(text).toMatch(
      /^error References nest lists and maps deeper .*\[LIMIT_EXCEEDED\]\n {2}at pipeline\.yaml:202:9\n/,
    );
    expect(text).toContain("found         201 levels");
  });
});

describe("axes that multiply", () => {
  const digits = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
  const matrix = (axes: number) => Array.from({ length: axes }, (_, i) => `m${i}: ${digits}`).join(", ");

  test("are refused with the whole count", async () => {
    const text = await refusal(`name: a\nsteps:\n  a: { uses: toy/anything, matrix: { ${matrix(8)} } }\n`);
    expect(text).toMatch(
      /^error Step a has more instances than a plan may hold\. \[LIMIT_EXCEEDED\]\n {2}at pipeline\.yaml:3:42\n/,
    );
    expect(text).toContain("expected      at most 10000 instances\n  found         100000000 instances");
    expect(text).toContain("--limit instances=100000000");
  });

  test("are counted over all steps", async () => {
    const steps = Array.from({ length: 11 }, (_, i) => `  s${i}: { uses: toy/anything, matrix: { ${matrix(3)} } }`);
    const text = `name: a\nsteps:\n${steps.join("\n")}\n`;
    expect(await refusal(text)).toMatch(/LIMIT_EXCEEDED\]\n {2}at pipeline\.yaml:13:3\n/);
    const plan = await planText(text, { limits: readLimits(["instances=11000"]) });
    expect(plan.instances).toHaveLength(11_000);
  });

  test("over a planned list too", async () => {
    const text = `name: a
steps:
  data: { uses: toy/data }
  folds: { uses: toy/kfold, with: { dataset: "\${steps.data}", k: 300 } }
  train: { uses: toy/train, each: { fold: "\${steps.folds}", again: "\${steps.folds}" } }
`;
    const error = await rendered(planText(text));
    expect(error).toMatch(/^error Step train has more instances .*\[LIMIT_EXCEEDED\]\n {2}at pipeline\.yaml:5:68\n/);
  });
});

test("one is not a plural", async () => {
  const text = await refusal("name: a\nsteps:\n  a: { uses: toy/anything, matrix: { m: [1, 2] } }\n", { instances: 1 });
  expect(text).toContain("expected      at most 1 instance\n  found         2 instances");
});

test("a planned list has its limit", async () => {
  const text =
    'name: a\nsteps:\n  d: { uses: toy/data }\n  f: { uses: toy/kfold, with: { dataset: "${steps.d}", k: 20 } }\n';
  const error = await rendered(planText(text, { limits: readLimits(["samples=10"]) }));
  expect(error).toMatch(/LIMIT_EXCEEDED\]\n {2}at pipeline\.yaml:4:3\n/);
  expect(error).toContain("found         20 samples");
});

describe("chains of thousands", () => {
  test("of params come to their value", async () => {
    const params = ["p0: 7"];
    for (let i = 1; i < 9000; i++) params.push(`p${i}: "\${params.p${i - 1}}"`);
    // The deepest first: nothing is resolved yet when it is asked for.
    const text = `name: a\nparams:\n  ${params.reverse().join("\n  ")}\n${anything('"${params.p8999}"')}`;
    const plan = await planText(text);
    expect(plan.instances[0].options).toMatchObject({ value: 7 });
    const document = await load(text);
    expect(unsetVariables(document, {})).toEqual([]);
    expect(readSettings(document, toyRegistry(), { env: {} }).at(-2)?.value).toBe(7);
  });

  test("of params that never end are a cycle", async () => {
    const params = Array.from({ length: 5000 }, (_, i) => `p${i}: "\${params.p${(i + 1) % 5000}}"`);
    const text = await refusal(`name: a\nparams:\n  ${params.join("\n  ")}\n${anything('"${params.p0}"')}`);
    expect(text).toMatch(
      /^error These parameters refer to each other\. \[PARAMETER_CYCLE\]\n {2}at pipeline\.yaml:5002:10\n/,
    );
    expect(text.length).toBeLessThan(4000);
  });

  test("of steps are planned, and a cycle of them is told", async () => {
    const steps = (first: string) =>
      Array.from(
        { length: 2500 },
        (_, i) => `  s${i}: { uses: toy/anything, with: { value: ${i === 2499 ? first : `"\${steps.s${i + 1}}"`} } }`,
      );
    const plan = await planText(`name: a\nsteps:\n${steps("1").join("\n")}\n`);
    expect(plan.instances.map(({ id }) => id).slice(0, 2)).toEqual(["s2499", "s2498"]);
    const text = await refusal(`name: a\nsteps:\n${steps('"${steps.s0}"').join("\n")}\n`);
    expect(text).toMatch(/^error These steps wait for each other\. \[STEP_CYCLE\]\n {2}at pipeline\.yaml:2502:/);
    expect(text.length).toBeLessThan(4000);
  });
});

test.each(["instances", "instance=5", "samples=0", "samples=-1", "samples=1e3", "values=2000000000", "values=1=2", ""])(
  "--limit %s is refused",
  (flag) => {
    expect(() => readLimits([flag])).toThrow(expect.objectContaining({ code: "BAD_FLAG", place: `--limit ${flag}` }));
  },
);
