import { EosinError, instantiate, isEosinError } from "@eosin/plugin-api";
import type { Sample, SampleLoader } from "@eosin/plugin-api/imaging";
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

  const read = (request: PreparationRequest, keeping?: SampleCache, failed?: Failed): AsyncIterable<Sample> => {
    const prepared = new PreparedSamples(request, pools, keeping);
    return { [Symbol.asyncIterator]: () => inOrder(prepared, Math.max(1, 2 * request.workers), failed) };
  };
  const samples = (request: PreparationRequest) => read(request, cache);

  return {
    async open(request) {
      const prepared = new PreparedSamples(request, pools, cache);
      return new ThreadedBatchSource(request, prepared);
    },
    samples,
    samplesOnce: (request, failed) => read(request, undefined, failed),
    async fit(spec, request) {
      const { modules, log } = request;
      const component = await instantiate(spec, { modules, log });
      return component.fit ? { spec, state: await component.fit(samples(request)) } : { spec };
    },
  };
}

type Failed = Parameters<SampleLoader["samplesOnce"]>[1];

/** @param ahead Samples under way at once. */
async function* inOrder(prepared: PreparedSamples, ahead: number, failed?: Failed): AsyncGenerator<Sample> {
  const queue: Promise<Sample>[] = [];
  const count = prepared.entries.length;
  try {
    for (let i = 0; i < count; i++) {
      while (queue.length < ahead && i + queue.length < count) {
        const reading = prepared.read(i + queue.length);
        reading.catch(() => {});
        queue.push(reading);
      }
      const reading = queue.shift() as Promise<Sample>;
      if (failed === undefined) yield await reading;
      else {
        const sample = await reading.catch(asFault);
        if (sample instanceof EosinError) failed(prepared.entries[i].id, sample);
        else yield sample;
      }
    }
  } finally {
    await Promise.allSettled(queue);
  }
}

/** The fault of a file or of what it shows, as a value; anything else is a fault of the program and is thrown on. */
function asFault(error: unknown): EosinError {
  if (!isEosinError(error)) throw error;
  return error instanceof EosinError ? error : new EosinError(error);
}
