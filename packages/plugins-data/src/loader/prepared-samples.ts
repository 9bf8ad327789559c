import type { Logger } from "@eosin/plugin-api";
import type { LoaderRequest, Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import { cachedSampleBytes, readCached } from "./cached-sample.js";
import { chosenEntries } from "./chosen-entries.js";
import { type PipelineSetup, type PreparationRequest, pipelineSetup, preparationKey } from "./pipeline-setup.js";
import { sayOnce, sayRemarks } from "./remark.js";
import type { SampleCache } from "./sample-cache.js";
import type { SampleTask, SampleTaskRunner } from "./sample-task.js";
import type { TaskPools } from "./task-pool.js";

let sources = 0;

/** The samples of a request: each prepared once (where there is a cache, and room in it), then read by all threads. */
export class PreparedSamples {
  readonly entries: readonly SampleEntry[];
  readonly #setup: PipelineSetup;
  readonly #setupText: string;
  readonly #log: Logger;
  readonly #run: SampleTaskRunner;
  readonly #cached: readonly (SharedArrayBuffer | undefined)[];

  constructor(
    request: PreparationRequest & Partial<Pick<LoaderRequest, "augmenters">>,
    pools: TaskPools,
    cache: SampleCache | undefined,
  ) {
    const setup = pipelineSetup(request, sources++);
    this.entries = chosenEntries(request.dataset, request.ids);
    this.#setup = setup;
    this.#setupText = JSON.stringify(setup);
    this.#log = sayOnce(request.log);
    this.#run = pools.runner(request.workers, this.#log);
    const { size } = setup;
    const key = preparationKey(setup);
    const bytes = size ? cachedSampleBytes(size, setup.densities) : 0;
    this.#cached = this.entries.map(({ id, hash }) =>
      size ? cache?.bufferFor(JSON.stringify([key, id, hash]), bytes) : undefined,
    );
  }

  /** Writes the augmented sample at `position` into a batch. */
  async fill(position: number, target: NonNullable<SampleTask["target"]>): Promise<void> {
    const task = { setup: this.#setupText, entry: this.entries[position], cache: this.#cached[position], target };
    await this.#run(task);
  }

  /** The sample at `position`, unaugmented; its arrays may be views into the cache. */
  async read(position: number): Promise<Sample> {
    const entry = this.entries[position];
    const cache = this.#cached[position];
    const { size, densities } = this.#setup;
    const fromCache = () => {
      const cached = cache && size && readCached(cache, entry, size, densities);
      if (cached) sayRemarks(cached.remarks, this.#log);
      return cached?.sample;
    };
    const known = fromCache();
    if (known) return known;
    const read = await this.#run({ setup: this.#setupText, entry, cache });
    const sample = read ?? fromCache();
    // Another thread holds the place in the cache and is not through: decode for this reader alone.
    return sample ?? ((await this.#run({ setup: this.#setupText, entry })) as Sample);
  }
}
