import type { Logger } from "@eosin/plugin-api";
import type { LoaderRequest, Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import { cachedSampleBytes, readCached, writeCached } from "./cached-sample.js";
import { chosenEntries } from "./chosen-entries.js";
import type { Draw } from "./epoch-draws.js";
import { type PipelineSetup, type PreparationRequest, pipelineSetup, preparationKey } from "./pipeline-setup.js";
import { sayOnce, sayRemarks } from "./remark.js";
import type { SampleCache } from "./sample-cache.js";
import type { MeasuredSample, SampleTask, SampleTaskRunner } from "./sample-task.js";
import { preparedSize } from "./scaled-size.js";
import type { TaskPools } from "./task-pool.js";

/** How the memory of a source's samples is laid out: by the first sample that is asked for. */
interface Layout {
  /** That augmented densities tell apart, where densities are kept. */
  readonly stains?: number;
  /** The cache's places, by position. */
  readonly places: readonly (SharedArrayBuffer | undefined)[];
}

let sources = 0;

/** The samples of a request: each prepared once (where there is a cache, and room in it), then read by all threads. */
export class PreparedSamples {
  readonly entries: readonly SampleEntry[];
  readonly #setup: PipelineSetup;
  readonly #setupText: string;
  readonly #log: Logger;
  readonly #run: SampleTaskRunner;
  readonly #cache?: SampleCache;
  #layout?: Promise<Layout>;

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
    this.#cache = cache;
    if (!setup.densities) this.#layout = Promise.resolve({ places: this.#reserve(0) });
  }

  /** How many stains the densities tell apart once augmented, where they are kept: as this sample shows. */
  async densityStains(position: number, epoch: number): Promise<number | undefined> {
    return (await this.#laidOut(position, epoch)).stains;
  }

  /** Writes an augmented sample into a batch. */
  async fill({ position }: Draw, target: NonNullable<SampleTask["target"]>): Promise<void> {
    const { places } = await this.#laidOut(position, target.epoch);
    await this.#run({ setup: this.#setupText, entry: this.entries[position], cache: places[position], target });
  }

  /** The sample at `position`, unaugmented; its arrays may be views into the cache. */
  async read(position: number): Promise<Sample> {
    const entry = this.entries[position];
    const cache = this.#cache && (await this.#laidOut(position, 0)).places[position];
    const size = preparedSize(entry, this.#setup);
    const fromCache = () => {
      const cached = cache && size && readCached(cache, entry, size);
      if (cached) sayRemarks(cached.remarks, this.#log);
      return cached?.sample;
    };
    const known = fromCache();
    if (known) return known;
    const read = await this.#run({ setup: this.#setupText, entry, cache });
    const sample = read.sample ?? fromCache();
    // Another thread holds the place in the cache and is not through: decode for this reader alone.
    return sample ?? ((await this.#run({ setup: this.#setupText, entry })).sample as Sample);
  }

  #laidOut(position: number, epoch: number): Promise<Layout> {
    this.#layout ??= this.#layOut(position, epoch);
    return this.#layout;
  }

  async #layOut(position: number, epoch: number): Promise<Layout> {
    const task = { setup: this.#setupText, entry: this.entries[position], measured: { epoch } };
    const { prepared, stains } = (await this.#run(task)).measured as MeasuredSample;
    const places = this.#reserve(prepared.sample.density?.stains ?? 0);
    const place = places[position];
    if (place) writeCached(place, prepared);
    return { stains, places };
  }

  /** @param stains That prepared densities tell apart. */
  #reserve(stains: number): Layout["places"] {
    const cache = this.#cache;
    if (!cache) return [];
    const key = preparationKey(this.#setup);
    return this.entries.map((entry) => {
      const size = preparedSize(entry, this.#setup);
      const { id, hash } = entry;
      return size && cache.bufferFor(JSON.stringify([key, id, hash]), cachedSampleBytes(size, stains));
    });
  }
}
