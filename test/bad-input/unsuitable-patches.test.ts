import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writePicture } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { writePatches } from "../fixtures/kept-work.js";
import { parseEvents } from "../fixtures/run-events.js";
import { createWorkspace, readJson } from "../fixtures/workspace.js";
import type { PipeOutcome } from "../run-pipe.js";

const workspace = createWorkspace();
const ids = (numbers: readonly number[]) => numbers.map((i) => `scanner-a/${i}`);
const folds = { train: ids([0, 1, 2, 3, 4]), validation: ids([5]), test: ids([6, 7]) };
const white = [3, 7];

const document = `name: white-patches
plugins: { "@eosin/plugins-data": "*", "@eosin/plugins-stain": "*", "@eosin/plugins-model": "*", "@eosin/plugins-metrics": "*", "@eosin/engine": "*" }
params: { unsuitable: pass }
steps:
  data: { uses: data/image-mask-folders, with: { root: ./patches } }
  folds: { uses: data/split-file, with: { dataset: "\${steps.data}", file: ./folds.json } }
  train:
    uses: model/trainer
    each: { fold: "\${steps.folds}" }
    with:
      split: \${each.fold}
      size: 32
      batch: 3
      epochs: 2
      workers: 2
      network: { uses: model/multitask-unet, with: { encoder: tiny, decoderChannels: [8, 8, 8, 8, 8] } }
      loss: { uses: model/segmentation-plus-reconstruction }
      normalizer: { uses: stain/reinhard, with: { unsuitable: "\${params.unsuitable}" } }
      augment: [{ uses: stain/density-targets }]
  evaluate:
    uses: model/tta-evaluator
    each: { fold: "\${steps.folds}" }
    with: { split: "\${each.fold}", model: "\${steps.train}", workers: 2 }
  report: { uses: metrics/segmentation-report, with: { predictions: "\${steps.evaluate}" } }
`;

let first: PipeOutcome;

beforeAll(async () => {
  workspace.write("white.yaml", document);
  workspace.write("folds.json", JSON.stringify({ folds: [folds] }));
  await writePatches(join(workspace.folder, "patches"), { "scanner-a": 8 });
  for (const i of white) {
    const file = join(workspace.folder, `patches/scanner-a/image/${i}.png`);
    await writePicture(file, new Uint8Array(48 * 40 * 3).fill(255), 48, 40, 3);
  }
  first = await workspace.pipe("run", "white.yaml");
});
afterAll(() => workspace.remove());

it("white patches are warned of once by name and method", () => {
  expect(first.code, first.stdout + first.stderr).toBe(0);
  const warnings = first.stdout.split("\n").filter((line) => line.includes("warning: "));
  expect(warnings.sort()).toEqual([
    "evaluate[fold-0]: warning: stain/reinhard: scanner-a/7 was left as it is: 0.0 % of it is tissue, and 5 % are needed.",
    expect.stringMatching(
      /^train\[fold-0\]: warning: stain\/density-targets: scanner-a\/3 was measured with reference/,
    ),
    expect.stringMatching(/^train\[fold-0\]: warning: stain\/reinhard: scanner-a\/3 was left as it is: /),
  ]);
  expect(first.stdout).toContain("3 warnings");
});

it("the run's events name method, patch and reason apart", () => {
  const [run] = workspace.runs();
  const events = parseEvents(readFileSync(join(run, "events.jsonl"), "utf8"));
  const about = events.flatMap((event) => (event.type === "instance-log" && event.about ? [event.about] : []));
  expect(about.map(({ component, item }) => `${component} ${item}`).sort()).toEqual([
    "stain/density-targets scanner-a/3",
    "stain/reinhard scanner-a/3",
    "stain/reinhard scanner-a/7",
  ]);
  expect(about.every(({ treatment, reason }) => treatment !== "" && reason !== "")).toBe(true);
});

it("the report counts them by method and part", () => {
  const [run] = workspace.runs();
  const { fallbacks } = readJson<{ fallbacks: unknown }>(run, "report/results.json");
  const part = (name: string, of: number) => ({ split: "fold-0", part: name, count: 1, of });
  expect(fallbacks).toMatchObject([
    { component: "stain/density-targets", patches: [{ id: "scanner-a/3" }], parts: [part("train", 5)] },
    {
      component: "stain/reinhard",
      patches: [{ id: "scanner-a/3" }, { id: "scanner-a/7" }],
      parts: [part("test", 2), part("train", 5)],
    },
  ]);
  const page = readFileSync(join(run, "report/index.html"), "utf8");
  expect(page).toContain("stain/reinhard: left as it is");
  expect(page).toContain("1 of 5 (fold-0, train)");
});

it("with unsuitable: error the step stops at the patch", async () => {
  expectOneError(await workspace.pipe("run", "white.yaml", "--set", "params.unsuitable=error"), {
    exit: 1,
    code: "PATCH_UNSUITABLE",
    at: "scanner-a/3",
    says: [
      "expected      an H&E patch with tissue and both stains",
      "found         0.0 % of it is tissue",
      "unsuitable: pass",
    ],
  });
});
