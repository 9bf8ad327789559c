import { createHash } from "node:crypto";
import type { Fallback } from "@eosin/plugin-api";
import type {
  Augmenter,
  DatasetIndex,
  FittedComponent,
  LoaderRequest,
  Sample,
  SampleBatch,
  SampleLoader,
} from "@eosin/plugin-api/imaging";
import { describe, expect, it } from "vitest";
// Worker threads load the built package, so what is tested is the built package.
import { createSampleLoader } from "../../dist/loader/sample-loader.js";
import { createSynthetic } from "../datasets/synthetic/synthetic.js";
import { indexOf, planContext, planDataset, quietLog } from "../testing/plan-context.test-support.js";

const modules = {
  toy: new URL("../testing/toy-plugin.mjs", import.meta.url).href,
  "@eosin/plugins-data": new URL("../../dist/index.js", import.meta.url).href,
};
const size = { width: 8, height: 8 };
const toy = indexOf({ a: 7, b: 6 });
const spec = (uses: string, kind: string, options = {}) => ({ uses, kind, with: options, plugin: "toy" });

function request(more: Partial<LoaderRequest> = {}): LoaderRequest {
  const dataset = more.dataset ?? toy;
  return {
    dataset,
    ids: dataset.samples.map((each) => each.id),
    size,
    batch: 4,
    shuffle: true,
    seed: 42,
    workers: 0,
    modules,
    log: quietLog,
    ...more,
  };
}

interface SeenBatch {
  ids: readonly string[];
  image: number[];
  mask: number[];
}

async function epochOf(loader: SampleLoader, asked: LoaderRequest, epoch = 1): Promise<SeenBatch[]> {
  const source = await loader.open(asked);
  const seen: SeenBatch[] = [];
  for await (const batch of source.epoch(epoch)) {
    seen.push({ ids: batch.ids, image: [...batch.image], mask: [...batch.mask] });
    batch.release();
  }
  await source.close();
  return seen;
}

const noisy: { readonly augmenters: readonly FittedComponent<Augmenter>[] } = {
  augmenters: [{ spec: spec("toy/noise", "augmenter", { most: 50 }) }],
};

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
  const hashOf = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

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

describe("images that a component wants back", () => {
  const levels = toy.samples.map(({ source }) => (source as { readonly i: number }).i);
  const lent = {
    normalizer: { spec: spec("toy/lent-normalizer", "normalizer") },
    augmenters: [{ spec: spec("toy/lent-augmenter", "augmenter") }, { spec: spec("toy/lent-augmenter", "augmenter") }],
  };

  it.each([
    [0, 2 ** 20],
    [2, 2 ** 20],
    [0, 0],
  ])("are released when they have been copied (%i workers, %i bytes of cache)", async (workers, cacheBytes) => {
    const source = await createSampleLoader({ cacheBytes }).open(request({ ...lent, shuffle: false, workers }));
    for (const epoch of [0, 1]) {
      const first: number[] = [];
      for await (const batch of source.epoch(epoch)) {
        const bytes = batch.image.length / batch.ids.length;
        for (let index = 0; index < batch.ids.length; index++) first.push(batch.image[index * bytes]);
        batch.release();
      }
      expect(first).toEqual(levels.map((level) => level + 3));
    }
    await source.close();
  });

  it("are kept where a sample is handed out", async () => {
    const seen: number[] = [];
    for await (const { image } of createSampleLoader({ cacheBytes: 0 }).samples(request({ ...lent, workers: 0 }))) {
      seen.push(image.data[0]);
    }
    expect(seen).toEqual(levels.map((level) => level + 1));
  });
});

describe("what components say about a sample", () => {
  const picky = { normalizer: { spec: spec("toy/picky", "normalizer") } };
  const moody = { augmenters: [{ spec: spec("toy/moody", "augmenter") }] };

  function listener() {
    const heard: Fallback[] = [];
    const lines: string[] = [];
    const log = {
      info: () => {},
      warn: (line: string, about?: Fallback) => {
        lines.push(line);
        if (about) heard.push(about);
      },
    };
    return { log, heard, lines, items: () => heard.map((each) => each.item).sort() };
  }

  const left = toy.samples.filter((_, i) => i % 7 >= 5).map(({ id }) => id);

  it.each([
    [0, 2 ** 20],
    [2, 2 ** 20],
    [2, 0],
  ])("is said once in all epochs, and to every source (%i workers, %i bytes of cache)", async (workers, cacheBytes) => {
    const loader = createSampleLoader({ cacheBytes });
    for (let source = 0; source < 2; source++) {
      const { log, items, lines } = listener();
      const opened = await loader.open(request({ ...picky, workers, log }));
      for (const epoch of [1, 2, 3]) for await (const batch of opened.epoch(epoch)) batch.release();
      await opened.close();
      expect(items()).toEqual(left);
      expect(lines.sort()).toEqual(left.map((id) => `${id} was left`));
    }
    const { log, items } = listener();
    for await (const { id } of loader.samples(request({ ...picky, workers, log }))) expect(id).toBeTruthy();
    expect(items()).toEqual(left);
  });

  it.each([0, 2])("is heard where it is too long to keep beside the sample (%i workers)", async (workers) => {
    const wordy = { normalizer: { spec: spec("toy/picky", "normalizer", { wordy: 2000 }) } };
    const loader = createSampleLoader();
    for (let source = 0; source < 2; source++) {
      const { log, heard } = listener();
      await epochOf(loader, request({ ...wordy, workers, log }));
      expect(heard.map(({ reason }) => reason.length)).toEqual(left.map(() => 2000));
    }
  });

  it("keeps the reason of the first epoch, whatever the threads", async () => {
    const reasons = new Set<string>();
    for (const workers of [0, 1, 2]) {
      const { log, heard } = listener();
      const source = await createSampleLoader().open(request({ ...moody, workers, log }));
      for (const epoch of [1, 2, 3]) for await (const batch of source.epoch(epoch)) batch.release();
      await source.close();
      expect(new Set(heard.map(({ item }) => item)).size).toBe(heard.length);
      reasons.add(
        heard
          .map(({ item, reason }) => `${item} ${reason}`)
          .sort()
          .join(),
      );
    }
    expect(reasons.size).toBe(1);
    expect([...reasons][0]).toMatch(/mood 1.*mood 2|mood 2.*mood 1/);
  });
});

function unexpected(_: string, error: Error): never {
  throw error;
}

describe("samples", () => {
  it.each([0, 2])("come one by one, resized and normalised, again and again (%i workers)", async (workers) => {
    const normalizer = { spec: spec("toy/brighter", "normalizer"), state: { by: 7 } };
    const samples = createSampleLoader().samples(request({ workers, normalizer, size: { width: 4, height: 2 } }));
    for (let pass = 0; pass < 2; pass++) {
      const seen: [string, number, number][] = [];
      for await (const { id, image } of samples) seen.push([id, image.data[0], image.data.length]);
      expect(seen).toEqual(toy.samples.map((each, i) => [each.id, (i % 7) + 7, 24]));
    }
  });

  it.each([0, 2])("are kept for a next time, or read once (%i workers)", async (workers) => {
    const loader = createSampleLoader();
    const areKept = async (samples: AsyncIterable<Sample>) => {
      const kept = new Set<boolean>();
      for await (const { image } of samples) kept.add(image.data.buffer instanceof SharedArrayBuffer);
      return [...kept];
    };
    expect(await areKept(loader.samplesOnce(request({ workers }), unexpected))).toEqual([false]);
    expect(await areKept(loader.samples(request({ workers })))).toEqual([true]);
  });

  it.each([0, 2])("bring what their reader says, from other threads too (%i workers)", async (workers) => {
    const said: unknown[] = [];
    const asked = request({ workers, size: { width: 4, height: 4 } });
    const loader = createSampleLoader();
    for await (const { remarks } of loader.samplesOnce(asked, unexpected)) said.push(remarks);
    for (let pass = 0; pass < 2; pass++) {
      const kept: unknown[] = [];
      for await (const { remarks } of loader.samples(asked)) kept.push(remarks);
      expect(kept).toEqual(said);
    }
    expect(said).toEqual(
      toy.samples.map((_, i) => ((i % 7) % 2 ? [{ message: "an odd one", doubtful: true }] : undefined)),
    );
  });

  it.each([0, 2])("that cannot be read are told and left out where asked (%i workers)", async (workers) => {
    const dataset = {
      ...toy,
      samples: toy.samples.map((each, at) => ([0, 5, 12].includes(at) ? { ...each, source: { i: 99 } } : each)),
    };
    const failed: [string, string][] = [];
    const seen: string[] = [];
    const samples = createSampleLoader().samplesOnce(request({ dataset, workers }), (id, { code, found }) =>
      failed.push([id, `${code} ${found}`]),
    );
    for await (const { id } of samples) seen.push(id);
    const ids = toy.samples.map(({ id }) => id);
    expect(failed).toEqual([0, 5, 12].map((at) => [ids[at], "IMAGE_CORRUPT noise"]));
    expect(seen).toEqual(ids.filter((_, at) => ![0, 5, 12].includes(at)));
    const faulty = { ...toy, samples: toy.samples.map((each) => ({ ...each, source: { i: 98 } })) };
    const all = createSampleLoader().samplesOnce(request({ dataset: faulty, workers }), () => {});
    await expect(all[Symbol.asyncIterator]().next()).rejects.toThrow("an ordinary fault");
  });

  it("keep their own size where none is asked for", async () => {
    const own = { ...toy, samples: toy.samples.map((each, i) => ({ ...each, width: 3 + i, height: 2 })) };
    for (const workers of [0, 1]) {
      const seen: number[] = [];
      const source = await createSampleLoader().open(
        request({ dataset: own, size: undefined, batch: 1, shuffle: false, workers }),
      );
      for await (const batch of source.epoch(0)) {
        expect(batch.image).toHaveLength(batch.width * batch.height * 3);
        seen.push(batch.width);
        batch.release();
      }
      expect(seen).toEqual(own.samples.map((each) => each.width));
    }
  });
});

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
