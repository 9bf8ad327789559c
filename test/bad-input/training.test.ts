import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { writeFolderPlugin } from "../fixtures/folder-plugin.js";
import { doSomeWork, type KeptWork } from "../fixtures/kept-work.js";
import { parseEvents } from "../fixtures/run-events.js";
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

const training = `extends: ./judge.yaml
plugins: { "@eosin/engine": "*", ./my-loss: "*" }
params: { failsAt: 5 }
steps:
  train:
    uses: model/trainer
    each: { fold: "\${steps.folds}" }
    with:
      split: \${each.fold}
      size: 32
      batch: 8
      epochs: 4
      network: { uses: model/unet, with: { encoder: tiny, decoderChannels: [8, 8, 8, 8, 8] } }
      loss: { uses: mine/failing, with: { failsAt: "\${params.failsAt}" } }
`;

/** Is finite at first: the checkpoints of the epochs before must outlive the one that is not. */
const failingLoss = `import { defineLoss } from "@eosin/plugin-api/learning";
const failing = defineLoss({
  type: "mine/failing",
  summary: "Is no number from one of its calls on.",
  options: z.strictObject({ failsAt: z.int() }),
  create: ({ options }) => {
    let calls = 0;
    return {
      needs: ["mask"],
      needsDensity: false,
      batchCoupled: false,
      compute(tf, { mask }) {
        const squares = tf.mean(tf.square(mask));
        const total = ++calls < options.failsAt ? squares : tf.mul(squares, NaN);
        return { total, terms: {} };
      },
    };
  },
});
export default definePlugin({ name: "my-loss", components: [failing] });
`;

describe("a loss that is not a number", () => {
  it("stops the step, keeps its checkpoint, and the next run continues from there", async () => {
    writeFolderPlugin(workspace, "my-loss", failingLoss);
    workspace.write("training.yaml", training);
    const outcome = await workspace.pipe("run", "training.yaml");
    expectOneError(outcome, {
      exit: 1,
      code: "NON_FINITE_LOSS",
      at: /^samples scanner-\w\/\d/,
      says: ["expected      a finite loss", "found         NaN", "the checkpoint of the last complete epoch is kept"],
    });
    expect(outcome.stdout).toMatch(/^train\[fold-0\]: epoch 1\/4/m);
    expect(outcome.stdout).toMatch(/failed in .*2 run, 1 reused, 1 failed/);
    expect(outcome.stdout).toMatch(/next +pipe run training\.yaml/);
    const scratch = join(workspace.folder, ".eosin/store/scratch");
    const [checkpoints] = readdirSync(scratch).map((name) => join(scratch, name));
    expect(existsSync(checkpoints) && readdirSync(checkpoints).length).toBeGreaterThan(0);
    const again = parseEvents((await workspace.pipe("run", "training.yaml", "--json")).stdout);
    expect(again).toContainEqual(expect.objectContaining({ type: "instance-started", continued: true }));
  });
});

it("published weights that were not fetched fail the step, with the command that fetches them", async () => {
  const cache = { EOSIN_CACHE: join(workspace.folder, "cache") };
  const network = "{ uses: model/unet, with: { encoder: efficientnet-b0, pretrained: imagenet } }";
  const args = ["run", "training.yaml", "--set", `steps.train.with.network=${network}`];
  expectOneError(await workspace.pipeWith(cache, ...args), {
    exit: 1,
    code: "WEIGHTS_NOT_FETCHED",
    at: undefined,
    says: [`expected      ${cache.EOSIN_CACHE}`, "next          pipe weights fetch efficientnet-b0"],
  });
});

describe("a plugin in a folder", () => {
  it("that throws while it is loaded", async () => {
    writeFolderPlugin(workspace, "my-loss", 'throw new Error("the table of colours is missing");\n');
    expectOneError(await workspace.pipe("run", "training.yaml"), {
      exit: 2,
      code: "PLUGIN_LOAD_FAILED",
      at: /^training\.yaml:2:\d+$/,
      says: ["next          "],
    });
  });

  it("that has a fault of syntax", async () => {
    writeFolderPlugin(workspace, "my-loss", "export default definePlugin({ name: \n");
    expectOneError(await workspace.pipe("run", "training.yaml"), {
      exit: 2,
      code: "PLUGIN_LOAD_FAILED",
      at: /^training\.yaml:2:\d+$/,
      says: ["next          "],
    });
  });

  it("that exports no plugin", async () => {
    writeFolderPlugin(workspace, "my-loss", "export const nothing = 1;\n");
    expectOneError(await workspace.pipe("run", "training.yaml"), {
      exit: 2,
      code: "PLUGIN_INVALID",
      at: /^training\.yaml:2:\d+$/,
      says: ["expected      export default definePlugin", "found         no default export"],
    });
  });
});
