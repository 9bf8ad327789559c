import { EosinError } from "@eosin/plugin-api";
import type { BatchSource, LoaderRequest, LoaderStatistics, SampleBatch, SampleEntry } from "@eosin/plugin-api/imaging";
import { allocateBatch, type BatchBuffers } from "./batch-buffers.js";
import { type Draw, type EpochPlan, planEpochs } from "./epoch-draws.js";
import type { PreparedSamples } from "./prepared-samples.js";

interface BatchUnderWay {
  readonly entries: readonly SampleEntry[];
  readonly buffers: BatchBuffers;
  readonly filled: Promise<unknown>;
}

/** Batches of one part of a split, prepared ahead by the threads of `samples`, in buffers that are used again. */
export class ThreadedBatchSource implements BatchSource {
  readonly samplesPerEpoch: number;
  readonly batchesPerEpoch: number;
  readonly #request: LoaderRequest;
  readonly #samples: PreparedSamples;
  readonly #plan: EpochPlan;
  readonly #ahead: number;
  readonly #underWay = new Set<Promise<unknown>>();
  #free: BatchBuffers[] = [];
  #closed = false;
  #waitedSeconds = 0;
  #batches = 0;

  constructor(request: LoaderRequest, samples: PreparedSamples) {
    const { batch, dropLast, workers } = request;
    refuseBadBatch(request);
    this.#request = request;
    this.#samples = samples;
    this.#plan = planEpochs(request, samples.entries);
    const count = this.#plan.draws;
    this.batchesPerEpoch = dropLast ? Math.floor(count / batch) : Math.ceil(count / batch);
    this.samplesPerEpoch = dropLast ? this.batchesPerEpoch * batch : count;
    this.#ahead = workers === 0 ? 1 : Math.max(2, Math.ceil((2 * workers) / batch) + 1);
  }

  get statistics(): LoaderStatistics {
    return { waitedSeconds: this.#waitedSeconds, batches: this.#batches };
  }

  epoch(epoch: number): AsyncIterable<SampleBatch> {
    return { [Symbol.asyncIterator]: () => this.#epochBatches(epoch) };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
    this.#free = [];
  }

  async *#epochBatches(epoch: number): AsyncGenerator<SampleBatch> {
    const { batch, workers } = this.#request;
    const order = this.#plan.of(epoch);
    // What a batch holds a pixel is known by its first sample.
    const stains =
      this.batchesPerEpoch > 0 ? await this.#waited(this.#samples.densityStains(order[0].position, epoch)) : undefined;
    const queue: BatchUnderWay[] = [];
    let next = 0;
    const topUp = () => {
      while (queue.length < this.#ahead && next < this.batchesPerEpoch) {
        const draws = order.slice(next * batch, (next + 1) * batch);
        queue.push(this.#start(draws, epoch, stains));
        next++;
      }
    };
    try {
      for (;;) {
        topUp();
        const head = queue.shift();
        if (head === undefined) return;
        await this.#waited(head.filled);
        this.#batches++;
        // Threads work on the next batches while the consumer has this one.
        if (workers > 0) topUp();
        yield this.#hand(head);
      }
    } finally {
      await Promise.allSettled(queue.map((each) => each.filled));
      for (const { buffers } of queue) this.#reuse(buffers);
    }
  }

  async #waited<Value>(value: Promise<Value>): Promise<Value> {
    const since = performance.now();
    try {
      return await value;
    } finally {
      this.#waitedSeconds += (performance.now() - since) / 1000;
    }
  }

  #start(draws: readonly Draw[], epoch: number, stains?: number): BatchUnderWay {
    if (this.#closed) throw new EosinError({ code: "LOADER_CLOSED", message: "The batch source was closed." });
    const entries = draws.map(({ position }) => this.#samples.entries[position]);
    const buffers = this.#takeBuffers(entries[0], stains);
    const filled = Promise.all(
      draws.map((draw, index) => {
        const { repeat, tumour, window } = draw;
        return this.#samples.fill(draw, { batch: buffers, index, epoch, repeat, tumour, window });
      }),
    );
    this.#underWay.add(filled);
    // The consumer sees a failure when it comes to this batch, perhaps much later.
    filled.catch(() => {}).finally(() => this.#underWay.delete(filled));
    return { entries, buffers, filled };
  }

  #takeBuffers(first: SampleEntry, stains?: number): BatchBuffers {
    const { batch, size = { width: first.width, height: first.height } } = this.#request;
    return this.#free.pop() ?? allocateBatch(batch, size, stains);
  }

  #reuse(buffers: BatchBuffers): void {
    // Without a common size each buffer fits its own sample only.
    if (this.#request.size && !this.#closed) this.#free.push(buffers);
  }

  #hand({ entries, buffers }: BatchUnderWay): SampleBatch {
    const { width, height } = buffers.size;
    const pixels = entries.length * width * height;
    const { density } = buffers;
    let released = false;
    return {
      ids: entries.map((each) => each.id),
      domains: entries.map((each) => each.domain),
      width,
      height,
      image: new Uint8Array(buffers.image, 0, pixels * 3),
      mask: new Uint8Array(buffers.mask, 0, pixels),
      density: density && new Float32Array(density.data, 0, pixels * density.stains),
      release: () => {
        if (!released) this.#reuse(buffers);
        released = true;
      },
    };
  }
}

function refuseBadBatch({ batch, size }: LoaderRequest): void {
  if (!Number.isInteger(batch) || batch < 1 || (size === undefined && batch !== 1)) {
    throw new EosinError({
      code: "BATCH_SIZE",
      message: "Samples of their own sizes cannot share a batch.",
      expected: size === undefined ? "batch 1, or a common size" : "a whole number from 1 on",
      found: `batch ${batch}`,
      next: "Set `size`, or batch 1.",
    });
  }
}
