import type { DatasetIndex, LoaderRequest, SampleBatch } from "@eosin/plugin-api/imaging";
import { sha256Of } from "@eosin/support/sha256";
import { describe, expect, it } from "vitest";
import { createSampleLoader } from "../../dist/loader/sample-loader.js";
import { createSynthetic } from "../datasets/synthetic/synthetic.js";
import { planContext, planDataset } from "../testing/plan-context.test-support.js";
import { epochOf, noisy, request, spec, toy } from "./sample-loader.test-support.js";

describe("batches", () => {
  it("hold every sample once, the last one what is left", async () => {
    const seen = await epochOf(createSampleLoader(), request());
    expect(seen.map((each) => each.ids.length)).toEqual([4, 4, 4, 1]);
    expect(seen.flatMap((each) => each.ids).sort()).toEqual(toy.samples.map((each) => each.id).sort());
    expect(seen[3].image).toHaveLength(8 * 8 * 3);
    for (const { ids, image, mask } of seen) {
      ids.forEach((id, i) => {
        const value = Number(id.slice(2));
        expect(image[i * 192]).toBe(value);
        expect(mask[i * 64]).toBe(value & 1);
      });
    }
  });

  it("come in an order of the seed and the epoch, or in the order asked for", async () => {
    const loader = createSampleLoader();
    const ids = async (asked: Partial<LoaderRequest>, epoch: number) =>
      (await epochOf(loader, request(asked), epoch)).flatMap((each) => each.ids).join();
    const first = await ids({}, 1);
    expect(await ids({}, 1)).toBe(first);
    expect(await ids({}, 2)).not.toBe(first);
    expect(await ids({ seed: 43 }, 1)).not.toBe(first);
    expect(await ids({ shuffle: false }, 1)).toBe(toy.samples.map((each) => each.id).join());
  });

  it("drop the last one where asked", async () => {
    const source = await createSampleLoader().open(request({ dropLast: true }));
    expect([source.batchesPerEpoch, source.samplesPerEpoch]).toEqual([3, 12]);
    expect(await epochOf(createSampleLoader(), request({ dropLast: true }))).toHaveLength(3);
  });

  it("augment by (seed, type, sample, epoch): not by order, batch or place", async () => {
    const loader = createSampleLoader();
    const bySample = async (asked: Partial<LoaderRequest>, epoch: number) => {
      const seen = await epochOf(loader, request({ ...noisy, ...asked }), epoch);
      return new Map(seen.flatMap(({ ids, image }) => ids.map((id, i) => [id, image[i * 192]] as const)));
    };
    const reference = await bySample({}, 3);
    expect(await bySample({ shuffle: false, batch: 3 }, 3)).toEqual(new Map([...reference].sort()));
    expect(await bySample({}, 4)).not.toEqual(reference);
  });

  it("augment twice by one type with numbers of its own each time", async () => {
    const [once, twice] = [noisy.augmenters, [...noisy.augmenters, ...noisy.augmenters]];
    const valuesOf = async (augmenters: LoaderRequest["augmenters"]) =>
      (await epochOf(createSampleLoader(), request({ augmenters, shuffle: false }))).flatMap(({ ids, image }) =>
        ids.map((_, i) => image[i * 192]),
      );
    const plain = await valuesOf([]);
    const first = (await valuesOf(once)).map((value, i) => value - plain[i]);
    const second = (await valuesOf(twice)).map((value, i) => value - plain[i] - first[i]);
    expect(second).not.toEqual(first);
    expect(second.some((each) => each > 0)).toBe(true);
  });

  it("reuse memory after release, and only then", async () => {
    const source = await createSampleLoader().open(request({ batch: 1, shuffle: false }));
    const held: SampleBatch[] = [];
    for await (const batch of source.epoch(0)) held.push(batch);
    expect(new Set(held.map((each) => each.image.buffer)).size).toBe(13);
    expect(held.map((each) => each.image[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5]);
    for (const batch of held) batch.release();
    const buffers = new Set<unknown>(held.map((each) => each.image.buffer));
    for await (const batch of source.epoch(1)) {
      expect(buffers.has(batch.image.buffer)).toBe(true);
      batch.release();
      batch.release();
    }
    expect(source.statistics.batches).toBe(26);
    expect(source.statistics.waitedSeconds).toBeGreaterThan(0);
  });

  it("may end early, and the source goes on", async () => {
    const asked = request({ workers: 2, ...noisy });
    const source = await createSampleLoader().open(asked);
    for await (const batch of source.epoch(1)) {
      expect(batch.ids).toHaveLength(4);
      break;
    }
    const ids: string[] = [];
    for await (const batch of source.epoch(2)) {
      ids.push(...batch.ids);
      batch.release();
    }
    expect(ids).toHaveLength(13);
    await source.close();
  });
});

describe("threads", () => {
  const hashOf = (value: unknown) => sha256Of(JSON.stringify(value));

  it("change no byte, with a cache or without", async () => {
    const hashes = new Set<string>();
    for (const workers of [0, 1, 2]) {
      for (const cacheBytes of [2 ** 20, 5000, 0]) {
        const loader = createSampleLoader({ cacheBytes });
        const source = [
          await epochOf(loader, request({ workers, ...noisy }), 1),
          await epochOf(loader, request({ workers, ...noisy }), 2),
        ];
        hashes.add(hashOf(source));
      }
    }
    expect(hashes.size).toBe(1);
  });

  it("draw the same synthetic patches with their densities", async () => {
    const options = { scanners: 2, perScanner: 2, firstPatch: 0, size: 64, tumourFree: 0, confounders: 1, atypia: 1 };
    const { index } = await planDataset(createSynthetic(options), planContext());
    const batches = async (workers: number) => {
      const asked = request({ dataset: index, workers, densities: true, size: { width: 32, height: 32 } });
      const source = await createSampleLoader().open(asked);
      const out: number[][] = [];
      for await (const batch of source.epoch(0)) {
        expect(batch.density).toHaveLength(4 * 32 * 32 * 2);
        out.push([...batch.image], [...batch.mask], [...batch.density!]);
      }
      return hashOf(out);
    };
    expect(await batches(2)).toBe(await batches(0));
  });

  it.each([0, 2])("keep what an error says (%i workers)", async (workers) => {
    const broken = (i: number): DatasetIndex => ({
      ...toy,
      samples: toy.samples.map((each, at) => (at === 5 ? { ...each, source: { i } } : each)),
    });
    const loader = createSampleLoader();
    await expect(epochOf(loader, request({ dataset: broken(99), workers }))).rejects.toMatchObject({
      $eosin: "error",
      code: "IMAGE_CORRUPT",
      message: "The picture is broken.",
      place: "/data/toy.png",
      found: "noise",
      next: "Replace it.",
    });
    await expect(epochOf(loader, request({ dataset: broken(98), workers }))).rejects.toThrow("an ordinary fault");
  });

  it("say once what each of them would say", async () => {
    const warnings: string[] = [];
    const log = { info: () => {}, warn: (message: string) => warnings.push(message) };
    const normalizer = { spec: spec("toy/brighter", "normalizer") };
    await epochOf(createSampleLoader(), request({ workers: 2, normalizer, log }));
    expect(warnings).toEqual(["brighter was built"]);
  });
});
