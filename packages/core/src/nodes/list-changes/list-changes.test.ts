import path from "node:path";
import { describe, expect, test } from "vitest";
import { loadDocument } from "../../document/load-document.js";
import { planDocument } from "../../fixtures/plan-document.js";
import { load, rendered, writeFiles } from "../../fixtures/write-document.js";

const base = `name: base
profiles:
  quick: { steps: { train: { with: { augment: { $drop: toy/flip } } } } }
steps:
  train:
    uses: toy/train
    with:
      rotations: [0, 90]
      models: ["\${steps.a}", "\${steps.b}"]
      augment:
        - { uses: toy/flip, with: { p: 0.5, axis: x } }
        - { uses: toy/rotate }
        - { uses: toy/one-of, with: { choices: [{ p: 0.25, uses: toy/hed }, { p: 0.25, uses: toy/grey }] } }
        - { uses: toy/rotate, with: { turns: 2 } }
`;

function extending(options: string, how: { profile?: string; set?: string[] } = {}) {
  const steps = options === "" ? "" : `steps: { train: { with: ${options} } }\n`;
  const folder = writeFiles({ "base.yaml": base, "over.yaml": `extends: ./base.yaml\n${steps}` });
  return loadDocument(path.join(folder, "over.yaml"), how);
}

async function augmentOf(change: string) {
  const { resolved } = await extending(`{ augment: ${change} }`);
  const augment = (resolved as { steps: { train: { with: { augment: { uses: string }[] } } } }).steps.train.with
    .augment;
  return augment.map(({ uses, ...rest }) => ("with" in rest ? `${uses} ${JSON.stringify(rest.with)}` : uses));
}

const flip = 'toy/flip {"p":0.5,"axis":"x"}';
const oneOf = 'toy/one-of {"choices":[{"p":0.25,"uses":"toy/hed"},{"p":0.25,"uses":"toy/grey"}]}';
const turned = 'toy/rotate {"turns":2}';

describe("parts of an inherited list", () => {
  test.each([
    ["{ $drop: toy/flip }", ["toy/rotate", oneOf, turned]],
    ["{ $drop: [toy/flip, 3] }", ["toy/rotate", oneOf]],
    ["{ $change: { toy/flip: { with: { p: 1 } } } }", ['toy/flip {"p":1,"axis":"x"}', "toy/rotate", oneOf, turned]],
    ["{ $change: { toy/flip: { with: { axis: null } } } }", ['toy/flip {"p":0.5}', "toy/rotate", oneOf, turned]],
    ["{ $change: { toy/flip: { uses: toy/blur } } }", ["toy/blur", "toy/rotate", oneOf, turned]],
    ["{ $replace: { 1: { uses: toy/blur } } }", [flip, "toy/blur", oneOf, turned]],
    ["{ $before: { 1: { uses: toy/blur } } }", [flip, "toy/blur", "toy/rotate", oneOf, turned]],
    [
      "{ $after: { toy/flip: [{ uses: toy/blur }, { uses: toy/grey }] } }",
      [flip, "toy/blur", "toy/grey", "toy/rotate", oneOf, turned],
    ],
    ["{ $prepend: { uses: toy/blur } }", ["toy/blur", flip, "toy/rotate", oneOf, turned]],
    ["{ $append: [{ uses: toy/blur }] }", [flip, "toy/rotate", oneOf, turned, "toy/blur"]],
    [
      "{ $append: { uses: toy/blur }, $drop: 1, $after: { 1: { uses: toy/grey } } }",
      [flip, "toy/grey", oneOf, turned, "toy/blur"],
    ],
    [
      "{ $change: { toy/one-of: { with: { choices: { $drop: toy/hed } } } } }",
      [flip, "toy/rotate", 'toy/one-of {"choices":[{"p":0.25,"uses":"toy/grey"}]}', turned],
    ],
  ])("%s", async (change, expected) => {
    expect(await augmentOf(change)).toEqual(expected);
  });

  test("items that are text go by it", async () => {
    const { resolved } = await extending('{ models: { $drop: "${steps.a}" } }');
    expect(resolved).toMatchObject({ steps: { train: { with: { models: ["${steps.b}"] } } } });
  });

  test("a profile and a flag change them too, after the files", async () => {
    const { resolved } = await extending("{ augment: { $prepend: { uses: toy/grey } } }", {
      profile: "quick",
      set: ["steps.train.with.augment={ $append: { uses: toy/blur } }", "steps.train.with.augment.toy/one-of=null"],
    });
    expect(resolved).toMatchObject({
      steps: {
        train: {
          with: {
            augment: [{ uses: "toy/grey" }, { uses: "toy/rotate" }, { uses: "toy/rotate" }, { uses: "toy/blur" }],
          },
        },
      },
    });
  });

  test("keep the places where they were written", async () => {
    const document = await extending("{ augment: { $drop: 1, $change: { toy/flip: { with: { p: 1 } } } } }");
    const at = (...rest: (string | number)[]) => document.placeOf(["steps", "train", "with", "augment", ...rest]);
    expect(path.basename(at(0, "with", "p").file)).toBe("over.yaml");
    expect(at(1, "with", "choices", 0)).toMatchObject({ line: 13 });
  });
});

describe("refused, with the place", () => {
  test.each([
    "{ augment: { $drop: toy/flipp } }",
    "{ augment: { $drop: 4 } }",
    "{ augment: { $drop: toy/rotate } }",
    "{ augment: { $drop: toy/flip, $change: { 0: { with: { p: 1 } } } } }",
    "{ augment: { $drop: { uses: toy/flip } } }",
    "{ augment: { $change: toy/flip } }",
    "{ augment: { $drop: toy/flip, uses: toy/blur } }",
    "{ augment: { $dropp: toy/flip } }",
    "{ other: { $append: 1 } }",
    "{ $drop: augment }",
    "{ augment: [{ uses: toy/one-of, with: { choices: { $drop: toy/hed } } }] }",
  ])("%s", async (options) => {
    expect(await rendered(extending(options))).toMatchSnapshot();
  });

  test("in a file that extends nothing", async () => {
    const text = "name: a\nsteps: { s: { uses: toy/anything, with: { value: { $append: 1 } } } }\n";
    expect(await rendered(load(text))).toMatchSnapshot();
  });
});

describe("a step that is dropped", () => {
  const document = `name: base
steps:
  train: { uses: toy/train }
  evaluate: { uses: toy/evaluate, with: { model: "\${steps.train}" } }
  extra: { uses: toy/anything, with: { value: ["\${steps.evaluate}", "\${steps.train}"] } }
`;

  test("is gone", async () => {
    expect([...(await load(document, { set: ["steps.extra=null"] })).steps.keys()]).toEqual(["train", "evaluate"]);
  });

  test("must not be referred to: one error names all that do", async () => {
    const folder = writeFiles({ "base.yaml": document, "over.yaml": "extends: ./base.yaml\nsteps: { train: null }\n" });
    const dropped = await loadDocument(path.join(folder, "over.yaml"));
    expect(await rendered(planDocument(dropped))).toMatchSnapshot();
  });
});
