import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { loadDocument } from "../document/load-document.js";
import { planDocument, planText } from "../fixtures/plan-document.js";
import { writeFiles } from "../fixtures/write-document.js";
import type { Plan } from "./plan.js";

const text = `name: fingerprints
seed: 1
params: { alpha: 0.3 }
steps:
  data: { uses: toy/data, with: { root: /here } }
  folds: { uses: toy/kfold, with: { dataset: "\${steps.data}" } }
  train:
    uses: toy/train
    each: { fold: "\${steps.folds}" }
    with: { split: "\${each.fold}", alpha: "\${params.alpha}", loss: { uses: toy/dice } }
  evaluate:
    uses: toy/evaluate
    each: { fold: "\${steps.folds}" }
    with: { split: "\${each.fold}", model: "\${steps.train}" }
  report: { uses: toy/report, with: { predictions: "\${steps.evaluate}" } }
  aside: { uses: toy/anything }
`;

const fingerprints = (plan: Plan) => Object.fromEntries(plan.instances.map((each) => [each.id, each.fingerprint]));

/** The steps whose instances have another fingerprint. */
async function changedBy(other: string | Promise<Plan>): Promise<readonly string[]> {
  const before = fingerprints(await planText(text));
  const after = fingerprints(await (typeof other === "string" ? planText(other) : other));
  expect(Object.keys(after)).toEqual(Object.keys(before));
  return [
    ...new Set(
      Object.keys(before)
        .filter((id) => before[id] !== after[id])
        .map((id) => id.split("[")[0]),
    ),
  ];
}

describe("nothing changes by", () => {
  test.each([
    ["the same document, from another folder", text],
    ["spelling", text.replace("{ uses: toy/anything }", "\n    # nothing\n    uses: 'toy/anything'")],
    [
      "the order of options",
      text.replace('split: "${each.fold}", alpha: "${params.alpha}"', 'alpha: 0.3, split: "${each.fold}"'),
    ],
    ["writing a default out", text.replace("{ uses: toy/dice }", "{ uses: toy/dice, with: { smooth: 1.0 } }")],
    ["an immaterial option", text.replace("loss: {", "workers: 7, loss: {")],
    ["the path of data whose content is the same", text.replace("/here", "/there")],
  ])("%s", async (_name, other) => {
    expect(await changedBy(other)).toEqual([]);
  });

  // Reports print these, so reports alone are made again.
  test.each([
    ["the name of the document", text.replace("name: fingerprints", "name: other")],
    ["the name of a parameter", text.replace("params: { alpha", "params: { a").replaceAll("params.alpha", "params.a")],
    ["a parameter that nothing uses", text.replace("alpha: 0.3 }", "alpha: 0.3, unused: 1 }")],
    ["a profile that says the same", `${text}defaultProfile: same\nprofiles: { same: { params: { alpha: 0.3 } } }\n`],
  ])("%s, but the report", async (_name, other) => {
    expect(await changedBy(other)).toEqual(["report"]);
  });

  // But for reports, which print them.
  test("names of steps", async () => {
    const renamed = fingerprints(
      await planText(text.replaceAll("train", "learn").replaceAll("toy/learn", "toy/train")),
    );
    const before = fingerprints(await planText(text));
    const changed = Object.keys(before).filter(
      (_, index) => Object.values(renamed)[index] !== Object.values(before)[index],
    );
    expect(changed).toEqual(["report"]);
  });

  test("an engine that no component uses", async () => {
    expect(await changedBy(planText(text, { engine: { name: "torch" } }))).toEqual([]);
  });
});

describe("exactly what depends on it changes by", () => {
  test.each([
    ["an option", text.replace("alpha: 0.3", "alpha: 0.5"), ["train", "evaluate", "report"]],
    [
      "an option of the last step",
      text.replace('"${steps.evaluate}" }', '"${steps.evaluate}", title: x }'),
      ["report"],
    ],
    ["a nested component", text.replace("toy/dice", "toy/mcc"), ["train", "evaluate", "report"]],
    ["the data", text.replace("root: /here", "count: 9"), ["data", "folds", "train", "evaluate", "report"]],
    ["the seed", text.replace("seed: 1", "seed: 2"), ["train", "evaluate", "report", "aside"]],
  ])("%s", async (_name, other, steps) => {
    expect(await changedBy(other)).toEqual(steps);
  });

  test.each([
    ["that a nested component comes from", { "toy-parts": "edited" }, ["train", "evaluate", "report"]],
    ["that planned data comes from", { "toy-data": "edited" }, ["train", "evaluate", "report"]],
    ["that the steps come from", { "toy-steps": "edited" }, ["train", "evaluate", "report", "aside"]],
  ])("an edited plugin %s", async (_name, hashes, steps) => {
    expect(await changedBy(planText(text, { hashes }))).toEqual(steps);
  });

  test("one item of a list, where only its content changes", async () => {
    const plan = await planText(text);
    const train = plan.instances.filter((each) => each.step === "train");
    expect(train[0].fingerprint).not.toBe(train[1].fingerprint);
  });
});

describe("engines", () => {
  const withNetwork = text.replace("loss: { uses: toy/dice }", "network: { uses: toy/network }");

  test("count for components that use one, nested ones too, and are chosen once", async () => {
    const asked: unknown[] = [];
    const plan = await planText(withNetwork, { onChoose: (request) => asked.push(request), threads: 3 });
    expect(asked).toEqual([{ name: "auto", precision: "float32", threads: 3 }]);
    expect(plan.engine).toMatchObject({ identity: { name: "wasm", threads: 3 }, reason: "It is the only one." });
    expect(plan.instances.filter((each) => each.parts.engine).map((each) => each.step)).toEqual(["train", "train"]);
    const other = await planText(withNetwork, { engine: { name: "torch" }, threads: 3 });
    expect(other.instances[3].fingerprint).not.toBe(plan.instances[3].fingerprint);
  });

  test("the one that is asked for goes before the document's", async () => {
    const asked: { name: string; precision: string }[] = [];
    await planText(`engine: { name: torch, precision: bfloat16 }\n${withNetwork}`, {
      engine: { name: "wasm" },
      onChoose: (request) => asked.push(request),
    });
    expect(asked).toMatchObject([{ name: "wasm", precision: "bfloat16" }]);
  });

  test("a device is asked for where the document or a flag names one", async () => {
    const asked: unknown[] = [];
    const onChoose = (request: unknown) => asked.push(request);
    const document = `engine: { name: torch, device: cuda }\n${withNetwork}`;
    await planText(document, { onChoose, threads: 2 });
    await planText(document, { onChoose, threads: 2, engine: { device: "cuda:1" } });
    const request = { name: "torch", precision: "float32", threads: 2 };
    expect(asked).toEqual([
      { ...request, device: "cuda" },
      { ...request, device: "cuda:1" },
    ]);
  });

  test("are not asked for where nothing uses one", async () => {
    expect((await planText(text)).engine).toBeUndefined();
  });
});

describe("files", () => {
  const document = "name: files\nsteps: { train: { uses: toy/train, with: { weights: WEIGHTS } } }\n";
  const planWith = async (
    weights: string,
    files: { readonly [name: string]: string },
    write?: (folder: string) => void,
  ) => {
    const folder = writeFiles({ ...files, "pipeline.yaml": document.replace("WEIGHTS", weights) });
    write?.(folder);
    const plan = await planDocument(await loadDocument(path.join(folder, "pipeline.yaml")));
    return { folder, instance: plan.instances[0] };
  };

  test("count by content, and are in the options with their absolute path", async () => {
    const a = await planWith("./a.bin", { "a.bin": "same" });
    const b = await planWith("b.bin", { "b.bin": "same" });
    const c = await planWith("b.bin", { "b.bin": "other" });
    expect(a.instance.options.weights).toBe(path.join(a.folder, "a.bin"));
    expect(a.instance.fingerprint).toBe(b.instance.fingerprint);
    expect(c.instance.fingerprint).not.toBe(b.instance.fingerprint);
  });

  test("are beside the file that names them; what a flag names, in the working folder", async () => {
    const folder = writeFiles({ "pipeline.yaml": document.replace("WEIGHTS", "w.bin"), "w.bin": "x" });
    mkdirSync(path.join(folder, "inner"));
    const child = path.join(folder, "inner", "child.yaml");
    writeFileSync(child, "extends: ../pipeline.yaml\n");
    const weights = async (set: string[] = []) =>
      (await planDocument(await loadDocument(child, { set }))).instances[0].options.weights;
    expect(await weights()).toBe(path.join(folder, "w.bin"));
    const here = path.relative(".", path.join(folder, "w.bin"));
    expect(await weights([`steps.train.with.weights=${here}`])).toBe(path.join(folder, "w.bin"));
  });

  test("may be one below: it counts by content, from the folder of the file that says it", async () => {
    const text =
      "name: base\nsteps: { train: { uses: toy/train, with: { stopping: { monitor: loss, history: ./h.csv } } } }\n";
    const plan = async (content: string) => {
      const folder = writeFiles({ "pipeline.yaml": text, "h.csv": content });
      mkdirSync(path.join(folder, "inner"));
      const child = path.join(folder, "inner", "child.yaml");
      writeFileSync(child, "extends: ../pipeline.yaml\n");
      const { instances } = await planDocument(await loadDocument(child));
      return { folder, instance: instances[0] };
    };
    const [a, b, same] = [await plan("one"), await plan("two"), await plan("one")];
    expect(a.instance.options.stopping).toMatchObject({ history: path.join(a.folder, "h.csv") });
    expect(a.instance.fingerprint).not.toBe(b.instance.fingerprint);
    expect(a.instance.fingerprint).toBe(same.instance.fingerprint);
  });

  test("of a folder count by their names inside it and their content", async () => {
    const write = (name: string) => (folder: string) => {
      mkdirSync(path.join(folder, "w", "inner"), { recursive: true });
      writeFileSync(path.join(folder, "w", "inner", name), "x");
    };
    const a = await planWith("w", {}, write("1.bin"));
    const b = await planWith("./w/", {}, write("1.bin"));
    const c = await planWith("w", {}, write("2.bin"));
    expect(a.instance.fingerprint).toBe(b.instance.fingerprint);
    expect(c.instance.fingerprint).not.toBe(b.instance.fingerprint);
  });
});

test("resources come from the component, within the machine's threads", async () => {
  const plan = await planText(text.replace("loss: { uses: toy/dice }", "batch: 32"), { threads: 4 });
  const train = plan.instances.find((each) => each.step === "train");
  expect(train?.resources).toEqual({ threads: 4, memoryBytes: 32000, device: "cpu" });
  expect(plan.instances.at(-1)?.resources).toMatchObject({ threads: 1 });
});

test("a plan is plain JSON, and the same each time", async () => {
  const document = await loadDocument(path.join(writeFiles({ "pipeline.yaml": text }), "pipeline.yaml"));
  const [a, b] = [await planDocument(document), await planDocument(document)];
  expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
  expect(JSON.parse(JSON.stringify(a))).toMatchObject({ planVersion: 1, planned: { folds: { items: { length: 2 } } } });
});
