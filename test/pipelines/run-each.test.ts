import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { baseOf, pipelineFiles, pipelinesFolder } from "../fixtures/small-job.js";
import { createWorkspace, readJson } from "../fixtures/workspace.js";

/** Every run shares the store: what files have in common is computed once. */
const workspace = createWorkspace();
afterAll(() => workspace.remove());

const sizes = {
  "cosas-multitask.yaml": ["params.size=32"],
  "cosas-lite0.yaml": [
    "params.scale=64",
    "params.window=32",
    "params.batches=2",
    "steps.settings.with.thresholds=[0.5]",
  ],
  "cosas-nnunet.yaml": [
    "params.scale=48",
    "params.window=32",
    "params.levels=1",
    "params.features=4",
    "params.batches=2",
    "steps.settings.with.thresholds=[0.5]",
  ],
};
const small = [
  "params.epochs=1",
  "steps.data.with.perScanner=4",
  "steps.data.with.size=64",
  "steps.data.with.scanners=2",
];
const oneFold = [
  "steps.folds.uses=data/holdout",
  "steps.folds.with.dataset=${steps.data}",
  "steps.folds.with.test=0.3",
  "steps.folds.with.validation=0.2",
];
/** Files that choose their own folds, or go over many points. */
const ownSettings: { readonly [file: string]: readonly string[] } = {
  "cosas-external.yaml": ["steps.external.with.perScanner=1", "steps.external.with.scanners=3"],
  "cosas-best.yaml": ["steps.external.with.perScanner=1", "steps.external.with.scanners=3"],
  "ablations/best-leave-one-scanner-out.yaml": ["steps.folds.with.domains=[scanner-a]"],
  "ablations/lite0-leave-one-scanner-out.yaml": ["steps.folds.with.domains=[scanner-a]"],
  "cosas-alpha-sweep.yaml": [...oneFold, "params.alphas=[0, 1]"],
  "ablations/leave-one-scanner-out.yaml": ["steps.folds.with.domains=[scanner-a]"],
  "ablations/encoders.yaml": [...oneFold, "params.encoders=[b0]"],
  "ablations/segmentation-losses.yaml": [...oneFold, "params.losses=[iou, dice+bce]"],
  "ablations/stain-normalisation.yaml": [...oneFold, "params.normalizers=[spcn, reinhard]"],
};

interface Results {
  readonly predictors: readonly { readonly overall: { readonly dice: { readonly mean: number | null } } }[];
  readonly baselines: readonly unknown[];
}

it.each(pipelineFiles)("pipelines/%s runs, and its report has figures", async (name) => {
  const set = [...small, ...sizes[baseOf(name)], ...(ownSettings[name] ?? oneFold)].flatMap((each) => ["--set", each]);
  const args = ["run", join(pipelinesFolder, name), "--profile", "demo", "--engine", "wasm", ...set];
  const { code, stdout, stderr } = await workspace.pipe(...args);
  expect(code, `${stdout}\n${stderr}`).toBe(0);
  const report = join(workspace.runs().at(-1)!, "report");
  expect(existsSync(join(report, "index.html"))).toBe(true);
  const { predictors, baselines } = readJson<Results>(report, "results.json");
  expect(predictors.length).toBeGreaterThan(0);
  for (const { overall } of predictors) expect(overall.dice.mean).toBeGreaterThanOrEqual(0);
  expect(baselines).toHaveLength(baseOf(name) === "cosas-multitask.yaml" ? 2 : 1);
});
