import type { DatasetIndex, LoaderRequest } from "@eosin/plugin-api/imaging";
import { describe, expect, it } from "vitest";
import { createSampleLoader } from "../../dist/loader/sample-loader.js";
import { epochOf, noisy, request, spec, toy } from "./sample-loader.test-support.js";

describe("fit", () => {
  it("gives a component its samples, as often as it asks, and workers its state", async () => {
    const loader = createSampleLoader();
    const fitted = await loader.fit(noisy.augmenters[0].spec, request({ workers: 1 }));
    const firsts = toy.samples.map((_, i) => i % 7);
    expect(fitted.state).toEqual({ first: firsts, second: firsts });
    const plain = await epochOf(loader, request({ ...noisy, shuffle: false }));
    const moved = await epochOf(loader, request({ augmenters: [fitted], shuffle: false, workers: 1 }));
    expect(moved[0].image[0]).toBe(plain[0].image[0] + 13);
  });

  it("leaves a component without fit as it is", async () => {
    const crop = spec("toy/crop", "augmenter");
    expect(await createSampleLoader().fit(crop, request())).toEqual({ spec: crop });
  });
});

describe("densities", () => {
  const withStains = (...stains: readonly number[]): DatasetIndex => ({
    ...toy,
    reader: { ...toy.reader, with: { stains: [...stains] } },
  });
  const inks = (stains: number) => ({ augmenters: [{ spec: spec("toy/inks", "augmenter", { stains }) }] });
  /** Of every batch of two epochs. */
  async function densitiesOf(asked: Partial<LoaderRequest>, cacheBytes: number): Promise<number[][]> {
    const source = await createSampleLoader({ cacheBytes }).open(request({ densities: true, ...asked }));
    const seen: number[][] = [];
    for (const epoch of [1, 2]) {
      for await (const batch of source.epoch(epoch)) {
        seen.push([...batch.density!]);
        batch.release();
      }
    }
    await source.close();
    return seen;
  }

  it.each<[string, Partial<LoaderRequest>, number]>([
    ["the dataset's, of one stain", { dataset: withStains(1) }, 1],
    ["the dataset's, of two stains", { dataset: withStains(2) }, 2],
    ["the dataset's, of three stains", { dataset: withStains(3) }, 3],
    ["those that an augmenter gives", inks(3), 3],
    ["those that an augmenter gives in the place of the dataset's", { ...inks(1), dataset: withStains(2) }, 1],
  ])("%s come whole, with a cache or without, on any thread", async (_, asked, stains) => {
    const own = { shuffle: false, ...asked };
    const expected = [0, 1].flatMap(() =>
      [0, 4, 8, 12].map((from) =>
        toy.samples.slice(from, from + 4).flatMap(({ source }) => {
          const { i } = source as { i: number };
          return Array.from({ length: 64 * stains }, (_, at) => (at % stains) + 1 + i / 256);
        }),
      ),
    );
    for (const workers of [0, 2]) {
      for (const cacheBytes of [2 ** 20, 5000, 0]) {
        expect(await densitiesOf({ ...own, workers }, cacheBytes)).toEqual(expected);
      }
    }
  });

  it("are as many in samples that are read one by one, and read again", async () => {
    const loader = createSampleLoader();
    for (const workers of [0, 2]) {
      const asked = request({ dataset: withStains(3), densities: true, workers });
      for (let time = 0; time < 2; time++) {
        for await (const { density, image } of loader.samples(asked)) {
          expect(density).toMatchObject({ width: 8, height: 8, stains: 3 });
          expect(density!.data[2]).toBe(3 + image.data[0] / 256);
        }
      }
    }
  });

  it("that are not of one number of stains are refused, naming the sample", async () => {
    const [first, second] = toy.samples.map(({ id }) => id);
    const mixed = { dataset: withStains(2, 3), shuffle: false };
    for (const cacheBytes of [2 ** 20, 0]) {
      await expect(densitiesOf(mixed, cacheBytes)).rejects.toMatchObject({
        code: "DENSITY_MISMATCH",
        place: second,
        expected: "2 stains",
        found: "3",
      });
    }
    expect(await densitiesOf({ ...mixed, ids: [first] }, 2 ** 20)).toHaveLength(2);
  });
});

describe("requests that cannot be met", () => {
  it.each<[string, Partial<LoaderRequest>, string]>([
    ["an unknown id", { ids: ["c/000"] }, "SAMPLE_UNKNOWN"],
    ["no ids", { ids: [] }, "SAMPLES_EMPTY"],
    ["several samples of their own sizes in a batch", { size: undefined }, "BATCH_SIZE"],
    ["densities that a dataset does not have", { densities: true }, "DENSITY_MISSING"],
    ["an augmenter that changes the size", { augmenters: [{ spec: spec("toy/crop", "augmenter") }] }, "SHAPE_CHANGED"],
  ])("%s", async (_, asked, code) => {
    await expect(epochOf(createSampleLoader(), request(asked))).rejects.toMatchObject({ code });
  });

  it("batches of a closed source", async () => {
    const source = await createSampleLoader().open(request());
    await source.close();
    const next = async () => {
      for await (const batch of source.epoch(0)) batch.release();
    };
    await expect(next()).rejects.toMatchObject({ code: "LOADER_CLOSED" });
  });
});
