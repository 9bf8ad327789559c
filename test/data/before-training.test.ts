import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readImage } from "../../packages/pictures/src/image/read-image.js";
import { cases, casesAreHere, writePng } from "../../packages/pictures/src/testing/draw-files.test-support.js";
import { parseEvents } from "../fixtures/run-events.js";
import { createWorkspace, type Workspace } from "../fixtures/workspace.js";
import { side } from "./draw-pair.js";
import { pngPairs, writeBase } from "./write-base.js";

let workspace: Workspace;
beforeAll(() => {
  workspace = createWorkspace();
});
afterAll(() => workspace.remove());

const head = (root: string, fold: string) => `name: small
plugins: { "@eosin/engine": "*", "@eosin/plugins-data": "*", "@eosin/plugins-stain": "*", "@eosin/plugins-model": "*", "@eosin/plugins-metrics": "*" }
seed: 7
engine: wasm
steps:
  data: { uses: data/image-mask-folders, with: { root: ${root} } }
  fold: ${fold}
`;
const small = (root: string, fold: string, batch: number) => `${head(root, fold)}  train:
    uses: model/trainer
    each: { fold: "\${steps.fold}" }
    with:
      split: \${each.fold}
      size: 32
      batch: ${batch}
      epochs: 2
      network: { uses: model/unet, with: { encoder: tiny, pretrained: none } }
      loss: { uses: model/segmentation, with: { segmentation: mcc } }
      augment: [{ uses: data/flip }]
  evaluate:
    uses: model/tta-evaluator
    each: { fold: "\${steps.fold}" }
    with: { split: "\${each.fold}", part: test, model: "\${steps.train}", rotations: [0] }
  report: { uses: metrics/segmentation-report, with: { predictions: "\${steps.evaluate}", models: "\${steps.train}" } }
`;

it("a bad mask and a cut image of the test part end the run before anything is trained (F17)", async () => {
  await writeBase(join(workspace.folder, "late"));
  const file = (name: string) => join(workspace.folder, "late/B", name);
  const levels = Uint8Array.from({ length: side * side }, (_, i) => i % 3);
  await writePng(file("mask/p3.png"), levels, side, 1);
  const whole = readFileSync(file("image/p4.png"));
  writeFileSync(file("image/p4.png"), whole.subarray(0, whole.length >> 1));
  const train = ["A/p0", "A/p1", "A/p2", "A/p3", "B/p0", "B/p1"];
  workspace.write(
    "late-folds.json",
    JSON.stringify({ folds: [{ train, validation: ["A/p4"], test: ["B/p3", "B/p4"] }] }),
  );
  const fold = '{ uses: data/split-file, with: { dataset: "${steps.data}", file: ./late-folds.json } }';
  workspace.write("late.yaml", small("./late", fold, 4));
  const { code, stdout, stderr } = await workspace.pipe("run", "late.yaml", "--json");
  expect(code, stderr).toBe(1);
  const events = parseEvents(stdout);
  const started = events.flatMap((event) => (event.type === "instance-started" ? [event.instance] : []));
  expect(started).toEqual(["data.look"]);
  const failed = JSON.stringify(events.find(({ type }) => type === "instance-failed"));
  for (const text of ["MASK_NOT_BINARY", "late/B/mask/p3.png", "IMAGE_CORRUPT", "late/B/image/p4.png"]) {
    expect(failed).toContain(text);
  }
});

it("masks without any tumour train to finite figures, and plan, run and report say so (F16, P11)", async () => {
  await writeBase(join(workspace.folder, "empty"), {
    ...pngPairs,
    mask: (path) => pngPairs.mask(path, new Uint8Array(side * side)),
  });
  const fold = '{ uses: data/holdout, with: { dataset: "${steps.data}", test: 0.4, validation: 0 } }';
  workspace.write("empty.yaml", small("./empty", fold, 64));
  const line = "All 10 masks hold no tumour, e.g. that of A/p0: ";
  const { code, stdout, stderr } = await workspace.pipe("run", "empty.yaml");
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toContain(`data.look: warning: ${line}`);
  const run = workspace.runs().at(-1) as string;
  expect(readFileSync(join(run, "report/index.html"), "utf8")).toMatch(new RegExp(`About the data</h2>[^]*${line}`));
  const results = readFileSync(join(run, "report/results.json"), "utf8");
  expect(results).not.toMatch(/NaN|Infinity/);
  expect(JSON.parse(results).predictors[0].overall.dice.mean).toBeGreaterThanOrEqual(0);
  const again = await workspace.pipe("plan", "empty.yaml");
  expect(again.stdout).toContain(`data: warning: ${line}`);
  const one = await workspace.pipe(
    "run",
    "empty.yaml",
    "--set",
    "steps.train.with.batch=1",
    "--set",
    "steps.train.with.epochs=1",
  );
  expect(one.code, one.stdout + one.stderr).toBe(0);

  // F09: what a training and `predict` read of one file is the same.
  if (!casesAreHere) return;
  mkdirSync(join(workspace.folder, "profile"));
  copyFileSync(join(cases, "k1-icc-p3.png"), join(workspace.folder, "profile/with.png"));
  const { image } = await readImage(join(cases, "k1-icc-p3.png"));
  await writePng(join(workspace.folder, "profile/converted.png"), image.data, image.width, 3);
  copyFileSync(join(cases, "plain-image.png"), join(workspace.folder, "profile/ignored.png"));
  const predicted = await workspace.pipe("predict", run, "profile", "--out", "predicted", "--rotations", "0");
  expect(predicted.code, predicted.stderr).toBe(0);
  const out = readdirSync(join(workspace.folder, "predicted"), { recursive: true }).map(String);
  const probability = (name: string) =>
    readFileSync(join(workspace.folder, "predicted", out.find((each) => each.includes(name) && /prob/.test(each))!));
  expect(probability("with").equals(probability("converted"))).toBe(true);
  expect(probability("with").equals(probability("ignored"))).toBe(false);
});
