import { renameSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { writeTiff } from "../../packages/pictures/src/testing/write-tiff.test-support.js";
import { doneAndReused } from "../fixtures/run-events.js";
import { createWorkspace, readJson } from "../fixtures/workspace.js";
import { diceOfAll, side } from "./draw-pair.js";
import { writeBase } from "./write-base.js";

const workspace = createWorkspace();
afterAll(() => workspace.remove());

const document = `name: swap
plugins: { "@eosin/plugins-data": "*", "@eosin/plugins-model": "*", "@eosin/plugins-metrics": "*" }
seed: 7
steps:
  data: { uses: data/image-mask-folders, with: { root: ./patches } }
  fold: { uses: data/holdout, with: { dataset: "\${steps.data}", test: 0.4, validation: 0.2 } }
  all:
    uses: model/baseline-all-foreground
    each: { fold: "\${steps.fold}" }
    with: { split: "\${each.fold}", size: 64, resolution: original }
  report: { uses: metrics/segmentation-report, with: { predictions: "\${steps.all}" } }
`;

interface SplitPlan {
  readonly planned: { readonly fold: { readonly items: readonly { readonly value: { readonly test: string[] } }[] } };
}
interface Results {
  readonly predictors: readonly { readonly overall: { readonly dice: { readonly mean: number } } }[];
}

it("masks that were swapped by renaming, with sizes and times as they were, are noticed (F19)", async () => {
  const root = join(workspace.folder, "patches");
  const uncompressed = (path: string, data: Uint8Array, samples: number) =>
    writeTiff(path, [{ width: side, height: side, samples, data }]);
  const masks = await writeBase(root, {
    ending: ".tif",
    image: (path, image) => uncompressed(path, image, 3),
    mask: (path, mask) => uncompressed(path, mask, 1),
  });
  const file = (id: string) => join(root, id.replace("/", "/mask/").concat(".tif"));
  const then = new Date("2026-01-02T03:04:05Z");
  for (const id of masks.keys()) utimesSync(file(id), then, then);
  workspace.write("swap.yaml", document);

  const judge = async () => {
    const { code, stdout, stderr } = await workspace.pipe("run", "swap.yaml", "--json");
    expect(code, stderr).toBe(0);
    const run = workspace.runs().at(-1) as string;
    const { test } = readJson<SplitPlan>(run, "plan.json").planned.fold.items[0].value;
    const expected = test.reduce((sum, id) => sum + diceOfAll(masks.get(id)!), 0) / test.length;
    const { mean } = readJson<Results>(run, "report/results.json").predictors[0].overall.dice;
    return { dice: mean, expected, done: doneAndReused(stdout).done };
  };
  const swap = (a: string, b: string) => {
    const aside = join(workspace.folder, "aside");
    renameSync(file(a), aside);
    renameSync(file(b), file(a));
    renameSync(aside, file(b));
    const mask = masks.get(a)!;
    masks.set(a, masks.get(b)!).set(b, mask);
  };

  const first = await judge();
  expect(first.dice).toBeCloseTo(first.expected, 12);
  for (const domain of ["A", "B"]) {
    swap(`${domain}/p0`, `${domain}/p1`);
    swap(`${domain}/p2`, `${domain}/p3`);
  }
  const second = await judge();
  expect(second.done).toContain("all[fold-0]");
  expect(second.dice).toBeCloseTo(second.expected, 12);
  expect(Math.abs(second.dice - first.dice)).toBeGreaterThan(0.001);
});
