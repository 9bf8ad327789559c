import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { multitask } from "../fixtures/small-job.js";
import { trainedModels } from "../fixtures/trained-models.js";
import { runPipe } from "../run-pipe.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-guard-"));
});
afterAll(() => rm(folder, { recursive: true }));

const three = ["params.epochs=3", "params.size=64", "steps.data.with.perScanner=12", "steps.data.with.size=64"];

/**
 * Whatever is moved and renamed: with one seed and engine a training gives the same losses and weights, bit for bit, on
 * Node 20 and 22. `test/demo` guards all 30 epochs of the demo; this is what it says in half a minute.
 */
it("three epochs of the demo give the losses and the weights that they always gave", { timeout: 600_000 }, async () => {
  const set = three.flatMap((each) => ["--set", each]);
  const { code, stderr } = await runPipe(["run", multitask, "--engine", "wasm", ...set], { cwd: folder });
  expect(code, stderr).toBe(0);
  expect(await trainedModels(folder)).toEqual({
    "train[fold-0]": {
      losses: [
        [1.4209527458463396, 1.235439658164978],
        [1.242074830191476, 1.185847520828247],
        [1.1104498250143868, 1.1701613664627075],
      ],
      weights: "3a0519b13d426d20def1a077ea463e1f7c785a9c0913dcf2e86d50e28c768dde",
    },
    "train[fold-1]": {
      losses: [
        [1.4225024325507027, 1.173844575881958],
        [1.187315719468253, 1.0857722759246826],
        [0.9995620761598859, 1.0769453048706055],
      ],
      weights: "cdf47521407da53185919ea806e00076461e581ebe30fe96a53289ce02f3c932",
    },
  });
});
