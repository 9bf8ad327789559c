import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ExpectedError, expectOneError } from "../fixtures/expect-one-error.js";
import { doSomeWork, type KeptWork } from "../fixtures/kept-work.js";
import { multitask } from "../fixtures/small-job.js";
import { createWorkspace } from "../fixtures/workspace.js";

const workspace = createWorkspace();
let kept: KeptWork;

beforeAll(async () => {
  kept = await doSomeWork(workspace);
});
afterEach(() => kept.expectUntouched());
afterAll(async () => {
  await kept.expectReused();
  workspace.remove();
});

/** A document over the shipped one; what is written here starts in line 3. */
function extending(lines: string): string {
  workspace.write("mine.yaml", `extends: ${JSON.stringify(multitask)}\nname: mine\n${lines}\n`);
  return "mine.yaml";
}

interface Case extends Omit<ExpectedError, "exit"> {
  readonly name: string;
  readonly yaml: string;
}

const documents: readonly Case[] = [
  {
    name: "a step type that no plugin has",
    yaml: "steps: { train: { uses: model/trainr } }",
    code: "UNKNOWN_STEP_TYPE",
    at: /^mine\.yaml:3:25$/,
    says: ["found         model/trainr", "did you mean  model/trainer", "next          pipe list"],
  },
  {
    name: "a component that no plugin has",
    yaml: "steps: { train: { with: { network: { uses: model/mutitask-unet } } } }",
    code: "UNKNOWN_COMPONENT",
    at: /^mine\.yaml:3:44$/,
    says: [
      "expected      one of model/deeplabv3-plus, model/fpn, model/multitask-unet",
      "did you mean  model/multitask-unet",
    ],
  },
  {
    name: "a component of another kind",
    yaml: "steps: { train: { with: { network: { uses: model/adam } } } }",
    code: "WRONG_KIND",
    at: /^mine\.yaml:3:44$/,
    says: [
      "expected      one of model/deeplabv3-plus, model/fpn, model/multitask-unet",
      "found         model/adam (optimizer)",
    ],
  },
  {
    name: "an unknown key of the document",
    yaml: "stepz: {}",
    code: "UNKNOWN_KEY",
    at: /^mine\.yaml:3:1$/,
    says: ["expected      one of extends", "found         stepz", "did you mean  steps"],
  },
  {
    name: "an unknown key of a step",
    yaml: "steps: { evaluate: { whith: {} } }",
    code: "UNKNOWN_KEY",
    at: /^mine\.yaml:3:22$/,
    says: ["expected      one of uses, with, each, matrix", "did you mean  with"],
  },
  {
    name: "an unknown option",
    yaml: "steps: { evaluate: { with: { treshold: 0.5 } } }",
    code: "UNKNOWN_KEY",
    at: /^mine\.yaml:3:30$/,
    says: ["found         treshold", "did you mean  threshold"],
  },
  {
    name: "an unknown option of a component inside",
    yaml: "steps: { train: { with: { loss: { with: { alhpa: 0.5 } } } } }",
    code: "UNKNOWN_KEY",
    at: /^mine\.yaml:3:43$/,
    says: ["expected      one of segmentation, alpha, sparsity", "did you mean  alpha"],
  },
  {
    name: "an unknown option of a component two levels inside",
    yaml: [
      "steps:",
      "  train:",
      "    with:",
      "      augment:",
      "        - uses: stain/one-of",
      "          with:",
      "            choices:",
      "              - { p: 0.5, uses: stain/randstainna, with: { colorSpace: hsv } }",
    ].join("\n"),
    code: "UNKNOWN_KEY",
    at: /^mine\.yaml:10:60$/,
    says: ["found         colorSpace", "did you mean  colourSpace"],
  },
  {
    name: "an option of the wrong type",
    yaml: "steps: { train: { with: { epochs: many } } }",
    code: "INVALID_VALUE",
    at: /^mine\.yaml:3:35$/,
    says: ["expected      a whole number from 1 to 1000000", 'found         "many" (a string)'],
  },
  {
    name: "an option out of its range, of a component inside",
    yaml: "steps: { train: { with: { augment: [{ uses: data/rotate90, with: { p: 1.5 } }] } } }",
    code: "INVALID_VALUE",
    at: /^mine\.yaml:3:71$/,
    says: ["expected      a number from 0 to 1", "found         1.5"],
  },
  {
    name: "a reference to a step that is missing",
    yaml: 'steps: { evaluate: { with: { model: "${steps.trian}" } } }',
    code: "MISSING_STEP",
    at: /^mine\.yaml:3:37$/,
    says: ["found         ${steps.trian}", "did you mean  train"],
  },
  {
    name: "a reference to a parameter that is missing",
    yaml: 'steps: { evaluate: { with: { threshold: "${params.alhpa}" } } }',
    code: "UNKNOWN_PARAMETER",
    at: /^mine\.yaml:3:41$/,
    says: ["expected      one of alpha,", "did you mean  alpha"],
  },
  {
    name: "steps that wait for each other",
    yaml: [
      "steps:",
      '  all: { uses: data/union, with: { datasets: ["${steps.data}", "${steps.more}"] } }',
      '  more: { uses: data/union, with: { datasets: ["${steps.all}"] } }',
    ].join("\n"),
    code: "STEP_CYCLE",
    at: /^mine\.yaml:[45]:\d+$/,
    says: ["found         all"],
  },
  {
    name: "two steps of one name",
    yaml: "steps:\n  data: {}\n  data: {}",
    code: "DUPLICATE_ID",
    at: /^mine\.yaml:5:3$/,
    says: ["found         data first in line 4, column 3", "next          Give one of them another name."],
  },
  {
    name: "text that is no YAML",
    yaml: "steps: { train: [ }",
    code: "YAML_SYNTAX",
    at: /^mine\.yaml:3:/,
    says: [],
  },
  {
    name: "a plugin of a version outside the range",
    yaml: 'plugins: { "@eosin/plugins-data": ^9.0.0 }',
    code: "PLUGIN_VERSION",
    at: /^mine\.yaml:3:35$/,
    says: ["@eosin/plugins-data ^9.0.0", "found         @eosin/plugins-data 0.", "next          Install one that fits"],
  },
  {
    name: "a plugin that is not installed",
    yaml: 'plugins: { "eosin-plugin-nowhere": "*" }',
    code: "PLUGIN_NOT_FOUND",
    at: /^mine\.yaml:3:36$/,
    says: ["expected      a package eosin-plugin-nowhere", "npm install eosin-plugin-nowhere"],
  },
  {
    name: "a plugin folder that is missing",
    yaml: 'plugins: { "./nowhere": "*" }',
    code: "PLUGIN_NOT_FOUND",
    at: /^mine\.yaml:3:25$/,
    says: ["expected      a folder ", "nowhere", "next          Correct the path: it is relative to the document."],
  },
  {
    name: "a weights file that is missing",
    yaml: "steps: { train: { with: { network: { with: { weights: ./nowhere.safetensors } } } } }",
    code: "FILE_MISSING",
    at: /^mine\.yaml:3:55$/,
    says: ["found         ", "nowhere.safetensors"],
  },
];

describe("a document with", () => {
  it.each(documents)("$name", async ({ yaml, ...expected }) => {
    expectOneError(await workspace.pipe("run", extending(yaml), "--dry-run"), { exit: 2, ...expected });
  });

  it("several faults: all are told at once", async () => {
    const file = extending(
      "steps: { train: { with: { epochs: many, bacth: 4 } }, evaluate: { with: { part: tset } } }",
    );
    const { code, stdout, stderr } = await workspace.pipe("run", file);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr.match(/^error .*\]$/gm)).toHaveLength(3);
  });
});

const flags: readonly (Omit<ExpectedError, "exit"> & { readonly args: readonly string[] })[] = [
  {
    args: ["--profile", "papr"],
    code: "UNKNOWN_PROFILE",
    at: "--profile papr",
    says: ["expected      one of demo, mini, paper", "did you mean  paper"],
  },
  {
    args: ["--set", "params.alhpa=0.5"],
    code: "UNKNOWN_PARAMETER",
    at: "--set params.alhpa=0.5",
    says: ["expected      one of alpha,", "did you mean  alpha"],
  },
  {
    args: ["--set", "steps.trian.with.batch=4"],
    code: "UNKNOWN_STEP",
    at: "--set steps.trian.with.batch=4",
    says: ["did you mean  train"],
  },
  {
    args: ["--set", "steps.train.with.bacth=4"],
    code: "UNKNOWN_KEY",
    at: "--set steps.train.with.bacth=4",
    says: ["did you mean  batch"],
  },
  {
    args: ["--set", "steps.train.with.batch=four"],
    code: "INVALID_VALUE",
    at: "--set steps.train.with.batch=four",
    says: ["expected      a whole number from 1 to 65536", 'found         "four" (a string)'],
  },
  {
    args: ["--set", "alpha"],
    code: "BAD_SET",
    at: "--set alpha",
    says: ["expected      --set path=value", "For example"],
  },
  {
    args: ["--engine", "wasmm"],
    code: "UNKNOWN_ENGINE",
    at: "--engine wasmm",
    says: ["did you mean  wasm", "pipe doctor"],
  },
  {
    args: ["--engine", "wasm", "--device", "cuda"],
    code: "ENGINE_DEVICE",
    at: "--device cuda",
    says: ["expected      cpu", "found         cuda"],
  },
  {
    args: ["--precision", "bfloat16", "--engine", "wasm"],
    code: "ENGINE_PRECISION",
    at: "--precision bfloat16",
    says: ["expected      float32"],
  },
  {
    args: ["--set", "engine.device=tpu"],
    code: "NO_ENGINE",
    at: "--set engine.device=tpu",
    says: ["wasm has no device tpu", "next          Leave the device out"],
  },
];

describe("the flags", () => {
  it.each(flags)("$args", async ({ args, ...expected }) => {
    expectOneError(await workspace.pipe("run", multitask, "--dry-run", ...args), { exit: 2, ...expected });
  });
});

describe("an environment variable that is not set", () => {
  it("is an error where the plan needs it", async () => {
    expectOneError(await workspace.pipe("run", multitask, "--profile", "mini"), {
      exit: 2,
      code: "VARIABLE_NOT_SET",
      at: /cosas-multitask\.yaml:\d+:\d+$/,
      says: ["${env.COSAS_ROOT}", "export COSAS_ROOT="],
    });
  });

  it("is none where the plan does not", async () => {
    const { code, stderr } = await workspace.pipe("plan", multitask, "--profile", "demo");
    expect(code, stderr).toBe(0);
  });

  it("that names a folder which is missing is an error with that folder", async () => {
    const nowhere = `${workspace.folder}/nowhere`;
    expectOneError(await workspace.pipeWith({ COSAS_ROOT: nowhere }, "run", multitask, "--profile", "mini"), {
      exit: 2,
      code: "FOLDER_MISSING",
      at: `${nowhere}/task2`,
      says: ["expected      a folder", "next          Set `root` to the folder that holds task1 and task2"],
    });
  });
});

it("explain of a step that is missing", async () => {
  expectOneError(await workspace.pipe("explain", multitask, "trian"), {
    exit: 2,
    code: "UNKNOWN_STEP",
    at: undefined,
    says: ["expected      one of data, folds, train[fold-0]", "did you mean  train", "next          pipe plan "],
  });
});

it("list of a component that is missing", async () => {
  expectOneError(await workspace.pipe("list", "stain/randstaina"), {
    exit: 2,
    code: "UNKNOWN_COMPONENT",
    at: undefined,
    says: ["found         stain/randstaina", "did you mean  stain/randstainna", "next          pipe list"],
  });
});

it("a document that is missing", async () => {
  expectOneError(await workspace.pipe("run", "nowhere.yaml"), {
    exit: 2,
    code: "DOCUMENT_MISSING",
    at: "nowhere.yaml",
    says: ["expected      a YAML file", "next          Check the path."],
  });
});

it.each([["graph", multitask], ["schema"], ["plugin", "reference"]])(
  "pipe %s: a file that cannot be written",
  async (...command) => {
    workspace.write("notes.txt", "no folder");
    expectOneError(await workspace.pipe(...command, "--out", "notes.txt/made"), {
      exit: 2,
      code: "OUTPUT_UNWRITABLE",
      at: "notes.txt/made",
      says: ["notes.txt", "--out"],
    });
  },
);
