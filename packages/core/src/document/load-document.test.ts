import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { load, rendered, writeFiles } from "../fixtures/write-document.js";
import { loadDocument } from "./load-document.js";

const base = `name: base
plugins: { toy: ^1.0.0, ./mine: "*" }
seed: 7
params: { alpha: 0.3, size: 640, list: [1, 2] }
profiles:
  demo:
    params: { size: 96 }
    steps: { data: { uses: toy/synthetic, with: { count: 3 } } }
  paper: {}
steps:
  data: { uses: toy/data, with: { root: /images, task: 2 } }
  train:
    uses: toy/train
    with:
      batch: 32
      augment: [{ uses: toy/flip, with: { p: 0.5 } }, { uses: toy/rotate }]
`;

test("fills in what a document leaves out", async () => {
  const document = await load("name: least\nsteps: {}\n");
  expect(document).toMatchObject({
    seed: 0,
    engine: { name: "auto", precision: "float32" },
    plugins: {},
    profiles: [],
  });
});

test("an engine may be a name", async () => {
  const document = await load("name: a\nengine: torch\nsteps: {}\n");
  expect(document.engine).toEqual({ name: "torch", precision: "float32" });
});

describe("profiles", () => {
  test("are laid over the document", async () => {
    const document = await load(base, { profile: "demo" });
    expect(document.resolved).toMatchObject({
      params: { alpha: 0.3, size: 96 },
      steps: { data: { uses: "toy/synthetic", with: { count: 3 } } },
    });
    expect(document.resolved.steps).not.toHaveProperty("data.with.root");
    expect(document.placeOf(["params", "size"]).line).toBe(7);
    expect(document.placeOf(["params", "alpha"]).line).toBe(4);
  });

  test("defaultProfile is taken where no other is asked for", async () => {
    const text = `${base}defaultProfile: demo\n`;
    expect((await load(text)).profile).toBe("demo");
    expect((await load(text, { profile: "paper" })).resolved).toMatchObject({ params: { size: 640 } });
  });

  test("referenceProfile is told, not applied", async () => {
    const document = await load(`${base}referenceProfile: demo\n`);
    expect(document).toMatchObject({
      profile: undefined,
      referenceProfile: "demo",
      resolved: { params: { size: 640 } },
    });
  });

  test("null drops a key, a step too", async () => {
    const document = await load(
      `${base}  extra: { uses: toy/x }\n`.replace("paper: {}", "paper: { steps: { extra: null } }"),
      {
        profile: "paper",
      },
    );
    expect([...document.steps.keys()]).toEqual(["data", "train"]);
  });
});

describe("--set", () => {
  test.each([
    ["params.alpha=0.5", { params: { alpha: 0.5 } }],
    ["params.list=[3]", { params: { list: [3] } }],
    ["steps.train.with.batch=4", { steps: { train: { with: { batch: 4 } } } }],
    ["steps.train.with.new={a: 1}", { steps: { train: { with: { new: { a: 1 } } } } }],
    ["steps.train.with.augment.0.with.p=1", { steps: { train: { with: { augment: [{ with: { p: 1 } }, {}] } } } }],
    ["steps.train.with.augment.0=null", { steps: { train: { with: { augment: [{ uses: "toy/rotate" }] } } } }],
    ["seed=3", { seed: 3 }],
    ["engine.precision=bfloat16", { engine: { precision: "bfloat16" } }],
    ["engine.device=cuda:1", { engine: { device: "cuda:1" } }],
    ["params.alpha=${env.ALPHA}", { params: { alpha: "${env.ALPHA}" } }],
  ])("%s", async (set, expected) => {
    expect((await load(base, { set: [set] })).resolved).toMatchObject(expected);
  });

  test("another uses drops the inherited with, null drops a key", async () => {
    const { steps } = (await load(base, { set: ["steps.data.uses=toy/other", "steps.train.with.batch=null"] }))
      .resolved;
    expect(steps).toEqual({
      data: { uses: "toy/other" },
      train: { uses: "toy/train", with: { augment: [{ uses: "toy/flip", with: { p: 0.5 } }, { uses: "toy/rotate" }] } },
    });
  });

  test("the flag is the place", async () => {
    const document = await load(base, { set: ["params.alpha=0.5"] });
    expect(document.placeOf(["params", "alpha"])).toEqual({ file: "--set params.alpha=0.5", line: 1, column: 20 });
  });

  test.each([
    "params.alhpa=1",
    "param.alpha=1",
    "params.alpha",
    "params.alpha=",
    "params.alpha.deep=1",
    "params=1",
    "steps.trian.with.batch=1",
    "steps.train.batch=1",
    "steps.train.with.augment.7=null",
    "steps.train.with.batch=[${params.x}]",
    "seed=many",
  ])("%s is refused", async (set) => {
    expect(await rendered(load(base, { set: [set] }))).toMatchSnapshot();
  });
});

describe("extends", () => {
  test("lays a file over its base, chain by chain; places tell the files apart", async () => {
    const folder = writeFiles({
      "base.yaml": base,
      "middle.yaml":
        "extends: ./base.yaml\nparams: { alpha: 0 }\nprofiles: { demo: { steps: { train: { with: { batch: 2 } } } } }\n",
      "top.yaml": "extends: middle.yaml\nname: top\nsteps: { train: { with: { batch: 16 } } }\n",
    });
    const document = await loadDocument(path.join(folder, "top.yaml"), { profile: "demo" });
    expect(document).toMatchObject({ name: "top", seed: 7, profiles: ["demo", "paper"] });
    expect(document.resolved).toMatchObject({
      params: { alpha: 0, size: 96 },
      steps: { data: { uses: "toy/synthetic" }, train: { uses: "toy/train", with: { batch: 16 } } },
    });
    expect(document.placeOf(["params", "alpha"])).toEqual({
      file: path.join(folder, "middle.yaml"),
      line: 2,
      column: 18,
    });
    expect(document.files.map((file) => path.basename(file))).toEqual(["top.yaml", "middle.yaml", "base.yaml"]);
  });

  test("the values of a file win over the profiles of what it extends, and its own profile over them", async () => {
    const folder = writeFiles({
      "base.yaml": base,
      "child.yaml": "extends: base.yaml\nparams: { size: 200 }\n",
      "own.yaml": "extends: base.yaml\nparams: { size: 200 }\nprofiles: { demo: { params: { size: 300 } } }\n",
    });
    const size = async (name: string) =>
      (await loadDocument(path.join(folder, name), { profile: "demo" })).resolved.params;
    expect(await size("base.yaml")).toMatchObject({ size: 96 });
    expect(await size("child.yaml")).toMatchObject({ size: 200 });
    expect(await size("own.yaml")).toMatchObject({ size: 300 });
  });

  test("folders of plugins follow the file that names them", async () => {
    const folder = writeFiles({ "base.yaml": base });
    mkdirSync(path.join(folder, "inner"));
    writeFileSync(path.join(folder, "inner", "top.yaml"), "extends: ../base.yaml\n");
    const document = await loadDocument(path.join(folder, "inner", "top.yaml"));
    expect(document.plugins).toEqual({ toy: "^1.0.0", "../mine": "*" });
  });

  test("a profile that an extending file drops is gone, null in one drops what the base says", async () => {
    const folder = writeFiles({
      "base.yaml": base,
      "top.yaml": "extends: base.yaml\nprofiles: { paper: null, demo: { steps: { data: null } } }\n",
    });
    const document = await loadDocument(path.join(folder, "top.yaml"), { profile: "demo" });
    expect(document.profiles).toEqual(["demo"]);
    expect([...document.steps.keys()]).toEqual(["train"]);
  });

  test("a cycle is refused", async () => {
    const folder = writeFiles({ "a.yaml": "extends: b.yaml\n", "b.yaml": "extends: a.yaml\n" });
    expect(await rendered(loadDocument(path.join(folder, "a.yaml")))).toMatchSnapshot();
  });

  test("a base that is missing is refused", async () => {
    expect(await rendered(load("extends: nowhere.yaml\n"))).toMatchSnapshot();
  });
});

describe("bad documents", () => {
  test.each([
    ["an empty file", ""],
    ["a list", "- a\n"],
    ["an unknown key", base.replace("params:", "parms:")],
    ["an unknown key of a step", base.replace("    with:", "    wiht:")],
    ["an unknown key of a profile", base.replace("params: { size: 96 }", "param: { size: 96 }")],
    ["a duplicate id", `${base}  data: { uses: toy/data }\n`],
    ["a wrong type", base.replace("seed: 7", "seed: seven")],
    ["a step without uses", base.replace("uses: toy/train\n", "each: {}\n")],
    ["a name that references cannot hold", base.replace("  train:", "  train it:")],
    ["several faults at once", base.replace("seed: 7", "seed: -1").replace("params:", "parms:")],
    [
      "an axis that is not a reference",
      base.replace("uses: toy/train\n", "uses: toy/train\n    each: { fold: [1, 2] }\n"),
    ],
    ["a wrong engine", base.replace("seed: 7", "engine: { name: torch, precision: float16 }")],
  ])("%s", async (_name, text) => {
    expect(await rendered(load(text))).toMatchSnapshot();
  });

  test("a profile that does not exist", async () => {
    expect(await rendered(load(base, { profile: "dmeo" }))).toMatchSnapshot();
    expect(await rendered(load(`${base}defaultProfile: papr\n`))).toMatchSnapshot();
    expect(await rendered(load(`${base}referenceProfile: papr\n`, { profile: "demo" }))).toMatchSnapshot();
  });

  test("a file that does not exist", async () => {
    expect(await rendered(loadDocument(path.join(writeFiles({}), "nowhere.yaml")))).toMatchSnapshot();
  });
});

describe("files that are not documents are named as what they are", () => {
  const utf16 = Buffer.from("\ufeffname: a\nsteps: {}\n", "utf16le");
  const latin = Buffer.from("name: größe\nsteps: {}\n", "latin1");

  test("also where they are extended", async () => {
    const folder = writeFiles({});
    execFileSync("mkfifo", [path.join(folder, "pipe")]);
    mkdirSync(path.join(folder, "folder"));
    writeFileSync(path.join(folder, "utf16.yaml"), utf16);
    writeFileSync(path.join(folder, "latin.yaml"), latin);
    const errors: string[] = [];
    for (const name of ["pipe", "/dev/urandom", "folder", "utf16.yaml", "latin.yaml"]) {
      const extending = path.join(folder, "mine.yaml");
      writeFileSync(extending, `extends: ${name}\n`);
      errors.push(await rendered(loadDocument(path.resolve(folder, name))));
      errors.push(await rendered(loadDocument(extending)));
    }
    expect(errors.join("\n\n")).toMatchSnapshot();
  });

  test("a byte-order mark is none of the text", async () => {
    expect((await load("\ufeffname: a\nsteps: {}\n")).name).toBe("a");
  });
});

test("a chain of extends has an end", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 3000 }, (_, i) => [
      `${i}.yaml`,
      i === 0 ? "name: a\nsteps: {}\n" : `extends: ${i - 1}.yaml\n`,
    ]),
  );
  const folder = writeFiles(files);
  expect((await loadDocument(path.join(folder, "63.yaml"))).files).toHaveLength(64);
  const error = await rendered(loadDocument(path.join(folder, "2999.yaml")));
  expect(error).toMatch(/^error .* \[EXTENDS_TOO_LONG\]\n {2}at 2936\.yaml:1:10\n/);
});

test.each([
  ["learning rate", "learning-rate"],
  ["größe", "grosse"],
  ["2nd", "nd"],
  ["a.b", "a-b"],
  ["日本", undefined],
])("a parameter called %s is one error that says which names are allowed", async (name, meant) => {
  const error = await rendered(load(`name: a\nparams:\n  ${JSON.stringify(name)}: 1\nsteps: {}\n`));
  expect(error).toMatch(/^error .* \[INVALID_NAME\]\n {2}at pipeline\.yaml:3:3\n/);
  expect(error).toContain("expected      a name: a letter, then letters, digits, - and _");
  expect(/did you mean {2}(.*)/.exec(error)?.[1]).toBe(meant);
  expect(error.match(/^error/gm)).toHaveLength(1);
});
