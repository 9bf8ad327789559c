import type { LoaderRequest } from "@eosin/plugin-api/imaging";
import { describe, expect, it } from "vitest";
import { createSampleLoader } from "../../dist/loader/sample-loader.js";
import { withAttributes } from "../testing/plan-context.test-support.js";
import { epochOf, noisy, request, size, spec, toy } from "./sample-loader.test-support.js";

/** Samples of 24 × 16 pixels that tell where each pixel is; tumour at one of them. */
const ramps = {
  ...toy,
  reader: { ...toy.reader, with: { ramp: true } },
  samples: toy.samples.map((each, i) => ({ ...each, width: 24, height: 16, source: { i: 24 * i + 20 } })),
};
const asked = (more: Partial<LoaderRequest> = {}) =>
  request({ dataset: ramps, scale: { factor: 1 }, size, batch: 2, shuffle: true, ...more });

/** The corner of each window, as its first pixel tells. */
async function cornersOf(more: Partial<LoaderRequest> = {}, epoch = 1, cacheBytes = 2 ** 20) {
  const batches = await epochOf(createSampleLoader({ cacheBytes }), asked(more), epoch);
  return batches.flatMap(({ ids, image, mask }) =>
    ids.map((id, i) => ({
      id,
      x: image[192 * i],
      y: image[192 * i + 1],
      tumour: mask.slice(64 * i, 64 * i + 64).includes(1),
    })),
  );
}

describe("windows", () => {
  it("are cut out of samples, at places of (seed, sample, epoch), with a cache or without, on any thread", async () => {
    const first = await cornersOf();
    expect(first).toHaveLength(13);
    expect(new Set(first.map(({ x, y }) => `${x},${y}`)).size).toBeGreaterThan(6);
    for (const { x, y } of first) expect(x <= 16 && y <= 8).toBe(true);
    expect(await cornersOf({ workers: 2 }, 1, 0)).toEqual(first);
    const ofSample = new Map(first.map(({ id, ...corner }) => [id, corner]));
    for (const { id, ...corner } of await cornersOf({ shuffle: false, batch: 5 }))
      expect(corner).toEqual(ofSample.get(id));
    expect(await cornersOf({}, 2)).not.toEqual(first);
    expect(await cornersOf({ seed: 7 })).not.toEqual(first);
  });

  it("are of samples at their scale", async () => {
    const half = await cornersOf({ scale: { factor: 0.5 } });
    // Of 12 × 8 pixels: the window has room along one side only.
    expect(new Set(half.map(({ y }) => y))).toEqual(new Set([1]));
    const stretched = await cornersOf({ scale: { width: 8, height: 8 } });
    expect(new Set(stretched.map(({ x, y }) => `${x},${y}`)).size).toBe(1);
    const small = await epochOf(createSampleLoader(), asked({ scale: { factor: 0.25 }, batch: 1 }));
    const columns = small[0].image.filter((_, i) => i % 3 === 0).slice(0, 8);
    // Of 6 × 4 pixels: reflected at both ends.
    expect(columns).toEqual([1, 0, 1, 2, 3, 4, 5, 4].map((column) => columns[1] + 4 * column));
  });

  it("of a grid cover each sample", async () => {
    const corners = await cornersOf({ windows: "grid", shuffle: false });
    expect(corners).toHaveLength(13 * 6);
    expect(corners.slice(0, 6).map(({ id, x, y }) => [id, x, y])).toEqual(
      [0, 8].flatMap((y) => [0, 8, 16].map((x) => ["a/000", x, y])),
    );
    expect(corners.filter(({ tumour }) => tumour)).toHaveLength(13);
    const source = await createSampleLoader().open(asked({ windows: "grid" }));
    expect([source.batchesPerEpoch, source.samplesPerEpoch]).toEqual([39, 78]);
  });

  it("are the augmenter's to cut where it can, as the first one", async () => {
    const within = { spec: spec("toy/within", "augmenter") };
    const plain = await epochOf(createSampleLoader(), asked());
    const told = await epochOf(createSampleLoader(), asked({ augmenters: [within] }));
    const corners = (batches: typeof plain) =>
      batches.flatMap(({ ids, image, mask }) => ids.map((_, i) => [image[192 * i], mask[64 * i]]));
    expect(corners(told)).toEqual(
      plain.flatMap(({ ids, image }) => ids.map((_, i) => [image[192 * i], image[192 * i + 1]])),
    );
    const second = await epochOf(createSampleLoader(), asked({ augmenters: [...noisy.augmenters, within] }));
    expect(new Set(second.flatMap(({ mask }) => mask))).toEqual(new Set([255]));
  });

  it("hold tumour in the share asked for", async () => {
    const all = await cornersOf({ sampling: { tumour: 1 } });
    expect(all.every(({ tumour }) => tumour)).toBe(true);
    const [none, half] = [await cornersOf(), await cornersOf({ sampling: { tumour: 0.5 } })];
    const count = (corners: typeof all) => corners.filter(({ tumour }) => tumour).length;
    expect(count(none)).toBeLessThan(count(half));
    expect(count(half)).toBeGreaterThanOrEqual(6);
  });

  it("leave whole samples to `samples`", async () => {
    for await (const { image } of createSampleLoader().samples(asked({ scale: { factor: 0.5 } }))) {
      expect([image.width, image.height]).toEqual([12, 8]);
    }
  });
});

describe("sampling", () => {
  const idsOf = async (more: Partial<LoaderRequest>, epoch = 1) => (await cornersOf(more, epoch)).map(({ id }) => id);
  const counts = (ids: readonly string[]) => {
    const of = new Map<string, number>();
    for (const id of ids) of.set(id, (of.get(id) ?? 0) + 1);
    return of;
  };

  it("makes epochs of as many batches as asked for, that pass through all samples again and again", async () => {
    const sampling = { batches: 5 };
    const source = await createSampleLoader().open(asked({ sampling }));
    expect([source.batchesPerEpoch, source.samplesPerEpoch]).toEqual([5, 10]);
    const epochs = [];
    for (let epoch = 1; epoch <= 13; epoch++) epochs.push(await idsOf({ sampling }, epoch));
    expect([...counts(epochs.flat()).values()]).toEqual(Array.from({ length: 13 }, () => 10));
    expect(await idsOf({ sampling }, 3)).toEqual(epochs[2]);
    expect(await idsOf({ sampling, seed: 1 }, 3)).not.toEqual(epochs[2]);
  });

  it("draws a sample that comes again in an epoch another window", async () => {
    const corners = await cornersOf({ sampling: { batches: 26 } });
    expect([...counts(corners.map(({ id }) => id)).values()]).toEqual(Array.from({ length: 13 }, () => 4));
    const ofFirst = corners.filter(({ id }) => id === "a/000").map(({ x, y }) => `${x},${y}`);
    expect(new Set(ofFirst).size).toBeGreaterThan(1);
    const once = await cornersOf({ ids: ["a/000"] });
    expect(ofFirst[0]).toBe(`${once[0].x},${once[0].y}`);
  });

  it("draws every value of what is balanced equally often", async () => {
    const few = ramps.samples.filter(({ domain }, i) => domain === "a" || i === 7).map(({ id }) => id);
    const drawn = counts((await idsOf({ ids: few, sampling: { batches: 21, balance: "domain" } })).map((id) => id[0]));
    expect([drawn.get("a"), drawn.get("b")]).toEqual([21, 21]);
    const dataset = { ...ramps, ...withAttributes(toy, (_, i) => ({ patient: i === 0 ? "P0" : "P1" })) };
    const samples = dataset.samples.map((each, i) => ({ ...ramps.samples[i], attributes: each.attributes }));
    const named = { dataset: { ...ramps, samples }, sampling: { balance: "patient" } };
    const first = (await idsOf(named)).filter((id) => id.endsWith("/000")).length;
    expect([6, 7]).toContain(first);
    await expect(idsOf({ sampling: { balance: "patient" } })).rejects.toMatchObject({ code: "ATTRIBUTE_UNKNOWN" });
  });
});
