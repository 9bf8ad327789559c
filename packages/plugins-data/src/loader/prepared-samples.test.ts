import type { Fallback } from "@eosin/plugin-api";
import type { Sample } from "@eosin/plugin-api/imaging";
import { describe, expect, it } from "vitest";
import { createSampleLoader } from "../../dist/loader/sample-loader.js";
import { epochOf, request, spec, toy, unexpected } from "./sample-loader.test-support.js";

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
