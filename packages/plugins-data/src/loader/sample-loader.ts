import { instantiate } from "@eosin/plugin-api";
import type { Augmenter, Normalizer, Sample, SampleLoader } from "@eosin/plugin-api/imaging";
import { ThreadedBatchSource } from "./batch-source.js";
import type { PreparationRequest } from "./pipeline-setup.js";
import { PreparedSamples } from "./prepared-samples.js";
import { SampleCache } from "./sample-cache.js";
import { TaskPools } from "./task-pool.js";

export interface SampleLoaderOptions {
  /** Shared memory for prepared samples; past it, samples are decoded each epoch. Default 2 GiB. */
  readonly cacheBytes?: number;
}

export function createSampleLoader({ cacheBytes = 2 ** 31 }: SampleLoaderOptions = {}): SampleLoader {
  const cache = new SampleCache(cacheBytes);
  const pools = new TaskPools();

  const samples = (request: PreparationRequest): AsyncIterable<Sample> => {
    const prepared = new PreparedSamples(request, pools, cache);
    return { [Symbol.asyncIterator]: () => inOrder(prepared, Math.max(1, 2 * request.workers)) };
  };

  return {
    async open(request) {
      const prepared = new PreparedSamples(request, pools, cache);
      return new ThreadedBatchSource(request, prepared);
    },
    samples,
    async fit(spec, request) {
      const { modules, log } = request;
      const component = await instantiate<Augmenter | Normalizer>(spec, { modules, log });
      return component.fit ? { spec, state: await component.fit(samples(request)) } : { spec };
    },
  };
}

/** @param ahead Samples under way at once. */
async function* inOrder(prepared: PreparedSamples, ahead: number): AsyncGenerator<Sample> {
  const queue: Promise<Sample>[] = [];
  const count = prepared.entries.length;
  try {
    for (let i = 0; i < count; i++) {
      while (queue.length < ahead && i + queue.length < count) {
        const reading = prepared.read(i + queue.length);
        reading.catch(() => {});
        queue.push(reading);
      }
      yield await (queue.shift() as Promise<Sample>);
    }
  } finally {
    await Promise.allSettled(queue);
  }
}
