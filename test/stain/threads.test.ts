import { expect, it } from "vitest";
import type { DatasetIndex } from "../../packages/plugin-api/dist/imaging/index.js";
import { sampleLoader } from "../../packages/plugin-api/dist/imaging/index.js";
import { augmenterKind, datasetKind, normalizerKind } from "../../packages/plugin-api/dist/index.js";
import { modules, services, spec } from "../../packages/plugins-model/src/testing/step-harness.test-support.js";

const size = { width: 64, height: 64 };
const reader = spec(datasetKind, "data/synthetic", { scanners: 2, perScanner: 4, size: 96 });
const dataset: DatasetIndex = {
  name: "drawn",
  summary: "",
  reader,
  samples: ["scanner-a", "scanner-b"].flatMap((domain) =>
    [1, 2, 3, 4].map((i) => {
      const id = `${domain}/000${i}`;
      return {
        id,
        domain,
        width: 96,
        height: 96,
        hash: id,
        source: { ...reader.with, seed: 3, scanner: domain, index: i },
      };
    }),
  ),
};
const augmenters = ["stain/randstainna", "stain/separation-augment", "stain/hed-jitter", "stain/mix"];

/** The images of two epochs, end to end. */
async function epochs(workers: number): Promise<Buffer> {
  const loader = await services.get(sampleLoader);
  const base = { dataset, ids: dataset.samples.map(({ id }) => id), size, seed: 7, workers, modules, log: quiet };
  const normalizer = await loader.fit(spec(normalizerKind, "stain/spcn"), base);
  const fitted = await Promise.all(augmenters.map((uses) => loader.fit(spec(augmenterKind, uses), base)));
  const source = await loader.open({ ...base, normalizer, augmenters: fitted, batch: 3, shuffle: true });
  const batches: Buffer[] = [];
  for (const epoch of [0, 1]) {
    for await (const batch of source.epoch(epoch)) {
      batches.push(Buffer.from(batch.image.slice()));
      batch.release();
    }
  }
  await source.close();
  return Buffer.concat(batches);
}

const quiet = { info: () => {}, warn: () => {} };

it("every stain method gives the same bytes on the calling thread and on two others", async () => {
  const alone = await epochs(0);
  expect(alone.length).toBe(2 * 8 * 64 * 64 * 3);
  expect((await epochs(2)).equals(alone)).toBe(true);
});
