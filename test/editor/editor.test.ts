import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPipe } from "../run-pipe.js";
import { Editor } from "./language-service.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
let editor: Editor;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-editor-"));
  const { stdout } = await runPipe(["schema"], { cwd: root });
  editor = new Editor(JSON.parse(stdout));
});
afterAll(() => rm(folder, { recursive: true }));

const trainer = "name: a\nsteps:\n  train:\n    uses: model/trainer\n    with:\n";

describe("completes", () => {
  it.each<[name: string, text: string, offered: string[], other: string]>([
    [
      "the components that are steps",
      "name: a\nsteps:\n  it:\n    uses: |\n",
      ["data/synthetic", "model/trainer", "stain/sheet"],
      "data/flip",
    ],
    [
      "the options of a step",
      "name: a\nsteps:\n  it:\n    uses: data/synthetic\n    with:\n      |\n",
      ["scanners", "perScanner"],
      "epochs",
    ],
    ["a network", `${trainer}      network:\n        uses: |\n`, ["model/unet", "model/multitask-unet"], "model/adam"],
    [
      "the options of that network",
      `${trainer}      network:\n        uses: model/multitask-unet\n        with:\n          |\n`,
      ["encoder", "stains"],
      "lr",
    ],
    [
      "augmenters in a list",
      `${trainer}      augment:\n        - uses: |\n`,
      ["data/flip", "stain/hed-jitter"],
      "model/unet",
    ],
    [
      "the options of one of them",
      `${trainer}      augment:\n        - uses: data/flip\n          with:\n            |\n`,
      ["horizontal", "vertical"],
      "theta",
    ],
    [
      "components inside components",
      `${trainer}      augment:\n        - uses: stain/one-of\n          with:\n            choices:\n              - p: 0.5\n                uses: |\n`,
      ["stain/randstainna"],
      "model/unet",
    ],
    [
      "values",
      `${trainer}      network:\n        uses: model/unet\n        with:\n          encoder: |\n`,
      ["tiny", "efficientnet-b7"],
      "dice",
    ],
    [
      "options in a profile",
      "name: a\nprofiles:\n  small:\n    steps:\n      it:\n        uses: data/synthetic\n        with:\n          |\nsteps:\n  it:\n    uses: data/cosas\n    with: { root: x }\n",
      ["perScanner"],
      "root",
    ],
    [
      "augmenters that a change appends to a list",
      "extends: ./a.yaml\nsteps:\n  train:\n    uses: model/trainer\n    with:\n      augment:\n        $append:\n          uses: |\n",
      ["data/flip", "stain/hed-jitter"],
      "model/unet",
    ],
    [
      "options in a file that extends another",
      "extends: ./a.yaml\nsteps:\n  train:\n    uses: model/trainer\n    with:\n      loss:\n        uses: model/segmentation\n        with:\n          |\n",
      ["segmentation"],
      "epochs",
    ],
  ])("%s", async (_, text, offered, other) => {
    const found = await editor.complete(text);
    expect(found).toEqual(expect.arrayContaining(offered));
    expect(found).not.toContain(other);
  });
});

it("shows what an option means", async () => {
  expect(
    await editor.hover("name: a\nsteps:\n  it:\n    uses: data/synthetic\n    with:\n      per|Scanner: 3\n"),
  ).toContain("Patches of each scanner.");
});

describe("underlines nothing in our pipelines", async () => {
  const names = (await readdir(join(root, "pipelines"), { recursive: true })).filter((name) => name.endsWith(".yaml"));
  it.each(names)("%s", async (name) => {
    // Without the line that names the schema's file: it is the same schema.
    const text = (await readFile(join(root, "pipelines", name), "utf8")).replace(/^# yaml-language-server.*/, "");
    expect(await editor.underlined(text)).toEqual([]);
  });
});

const head = "name: a\nsteps:\n  data: { uses: data/synthetic }\n";
const step = (lines: string) => `name: a\nsteps:\n  data:\n    uses: data/synthetic\n${lines}`;
const training = (lines: string) => `${head}  folds: { uses: data/holdout, with: { dataset: "\${steps.data}" } }
  train:
    uses: model/trainer
    each: { fold: "\${steps.folds}" }
    with:
      split: \${each.fold}
      size: 32
${lines}`;
const network = "      network: { uses: model/unet }\n";
const loss = "      loss: { uses: model/segmentation }\n";
const augment = `${network}${loss}      augment:\n        - { uses: data/rotate90 }\n`;

const plugins = Object.fromEntries(
  ["engine", "plugins-data", "plugins-stain", "plugins-model"].map((name) => [`@eosin/${name}`, "*"]),
);
const linesOf = (lines: readonly (number | undefined)[]) => [...new Set(lines)];

/** Each has one fault; the mark says in which line. */
const faulty: readonly [name: string, text: string][] = [
  ["an unknown key of the document", `${head}nmae: b # here\n`],
  ["an unknown key of a step", step("    wiht: {} # here\n")],
  ["an unknown component", "name: a\nsteps:\n  data:\n    uses: data/sinthetic # here\n"],
  ["a part as a step", "name: a\nsteps:\n  data:\n    uses: data/flip # here\n"],
  ["an unknown option", step("    with:\n      scaners: 3 # here\n")],
  ["a wrong type", step("    with:\n      scanners: many # here\n")],
  ["a number out of its range", step("    with:\n      scanners: 9 # here\n")],
  ["a number that is not whole", step("    with:\n      scanners: 1.5 # here\n")],
  ["an unknown network", training(`${loss}      network:\n        uses: model/unnet # here\n`)],
  ["a loss as a network", training(`${loss}      network:\n        uses: model/segmentation # here\n`)],
  [
    "an unknown option of a network",
    training(`${loss}      network:\n        uses: model/unet\n        with:\n          encodr: tiny # here\n`),
  ],
  [
    "a value that is none of a list",
    training(
      `${network}      loss:\n        uses: model/segmentation\n        with:\n          segmentation: mse # here\n`,
    ),
  ],
  ["an unknown augmenter in a list", training(`${augment}        - { uses: data/filp } # here\n`)],
  [
    "an option of another augmenter",
    training(`${augment}        - uses: data/flip\n          with:\n            theta: 0.1 # here\n`),
  ],
  [
    "a probability below zero, two components deep",
    training(
      `${augment}        - uses: stain/one-of\n          with:\n            choices:\n              - uses: data/flip\n                p: -0.5 # here\n`,
    ),
  ],
  [
    "text in place of a step's artifact",
    `${head}  folds:\n    uses: data/holdout\n    with:\n      dataset: data # here\n`,
  ],
  ["an axis that is not a reference", step("    each:\n      fold: 3 # here\n")],
];

describe("underlines the line that pipe validate refuses", () => {
  it.each(faulty)("%s", async (_, lines) => {
    const text = lines.replace("name: a\n", `name: a\nplugins: ${JSON.stringify(plugins)}\n`);
    const line = text.slice(0, text.indexOf("# here")).split("\n").length;
    const file = join(folder, "faulty.yaml");
    await writeFile(file, text);
    const { code, stdout } = await runPipe(["validate", file, "--json"], { cwd: root });
    const refused = JSON.parse(stdout) as { place?: { line: number } }[];
    expect(code).toBe(2);
    expect(linesOf(refused.map(({ place }) => place?.line))).toEqual([line]);
    const underlined = await editor.underlined(text);
    expect(linesOf(underlined.map((each) => each.line)), JSON.stringify(underlined)).toEqual([line]);
  });

  it("nothing where validate refuses nothing", async () => {
    expect(await editor.underlined(training(network + loss))).toEqual([]);
  });
});

describe("in files that extend others", () => {
  const change = (loss: string) => `extends: ./a.yaml
steps:
  data: { uses: data/synthetic, with: { scanners: null } }
  stains: null
  train:
    with:
      loss: ${loss}
`;

  it("a part of a step stands alone, and null drops a key", async () => {
    for (const loss of ["{ uses: model/segmentation, with: { segmentation: mcc } }", "{ with: { alpha: 0.1 } }"]) {
      expect(await editor.underlined(change(loss))).toEqual([]);
    }
  });

  it("the options of a step that is named are checked", async () => {
    const text = change("null").replace("scanners: null", "scaners: 3");
    expect((await editor.underlined(text)).map(({ line }) => line)).toEqual([3]);
  });
});
