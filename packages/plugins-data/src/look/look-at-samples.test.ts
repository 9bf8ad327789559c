import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { LookContext, PlannedValue } from "@eosin/plugin-api";
import type { DatasetIndex } from "@eosin/plugin-api/imaging";
import { afterAll, beforeAll, expect, it } from "vitest";
// Worker threads load the built package, so what is tested is the built package.
import { lookAtDataset } from "../../dist/look/look-at-dataset.js";
import { createImageMaskFolders } from "../datasets/image-mask-folders/image-mask-folders.js";
import { imageMaskFoldersOptions } from "../datasets/image-mask-folders/options.js";
import { temporaryFolder, writePair } from "../testing/picture-folder.test-support.js";
import { planContext, planDataset, quietLog } from "../testing/plan-context.test-support.js";

let root: string;
let index: DatasetIndex;
const count = 60;

beforeAll(async () => {
  root = await temporaryFolder();
  for (let i = 0; i < count; i++) {
    await writePair(join(root, `A/image/p${i}.png`), join(root, `A/mask/p${i}.png`), 48, 48, i);
  }
  const dataset = createImageMaskFolders(imageMaskFoldersOptions.parse({ root }));
  index = (await planDataset(dataset, planContext())).index;
});
afterAll(() => rm(root, { recursive: true }));

async function look(cache: string, signal: AbortSignal, progress: (looked: number, of: number) => void) {
  const context = {
    seed: 0,
    planned: { value: index, identity: null },
    provenance: { plugins: {} },
    output: { write: async () => {}, moveIn: async () => {} },
    cache,
    threads: 2,
    signal,
    log: quietLog,
    progress: ({ current, total = 0 }: { current: number; total?: number }) => progress(current, total),
  };
  return lookAtDataset(
    imageMaskFoldersOptions.parse({ root }),
    {},
    context as unknown as LookContext<PlannedValue<DatasetIndex>>,
  );
}

it("is interrupted in good order, and the next look goes on from there", async () => {
  const cache = await mkdtemp(join(root, "cache-"));
  const controller = new AbortController();
  let looked = 0;
  const interrupted = look(cache, controller.signal, (current) => {
    looked = current;
    if (current === 5) controller.abort();
  });
  await expect(interrupted).rejects.toMatchObject({ name: "AbortError" });
  expect(looked).toBeGreaterThanOrEqual(5);
  expect(looked).toBeLessThan(count);
  expect(await readdir(cache)).toHaveLength(1);
  let left = 0;
  await look(cache, new AbortController().signal, (_, of) => {
    left = of;
  });
  expect(left).toBe(count - looked);
});
