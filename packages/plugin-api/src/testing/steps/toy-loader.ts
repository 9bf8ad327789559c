import type { ComponentSpec } from "../../component.js";
import type { Augmenter } from "../../imaging/augmenter.js";
import type { Normalizer } from "../../imaging/normalizer.js";
import type { Sample } from "../../imaging/sample.js";
import type {
  BatchSource,
  FittedComponent,
  LoaderRequest,
  SampleBatch,
  SampleLoader,
} from "../../imaging/sample-loader.js";
import type { JsonValue } from "../../json.js";
import { createRng } from "../../random/rng.js";
import { tissueSample } from "../patches/tissue.js";

type Build = <Implementation>(spec: ComponentSpec<Implementation>, state?: JsonValue) => Promise<Implementation>;
type Unbatched = Omit<LoaderRequest, "augmenters" | "batch" | "shuffle" | "dropLast">;

/** A sample loader without files and threads: every sample is tissue that is drawn by its id, at the size asked for. */
export class ToyLoader implements SampleLoader {
  /** Ids that were asked for so far, whatever for. */
  readonly asked = new Set<string>();
  readonly #build: Build;

  /** @param build Makes the normalizers and augmenters that requests name. */
  constructor(build: Build) {
    this.#build = build;
  }

  async *samples(request: Unbatched): AsyncGenerator<Sample> {
    const { normalizer } = request;
    const it = normalizer && (await this.#build(normalizer.spec, normalizer.state));
    for (const id of request.ids) {
      this.asked.add(id);
      const sample = draw(id, request);
      yield it ? { ...sample, image: it.normalize(sample.image, id) } : sample;
    }
  }

  /** None of its samples fails. */
  samplesOnce(request: Unbatched): AsyncGenerator<Sample> {
    return this.samples(request);
  }

  async fit<Implementation extends Augmenter | Normalizer>(
    spec: ComponentSpec<Implementation>,
    request: Unbatched,
  ): Promise<FittedComponent<Implementation>> {
    const it: Augmenter | Normalizer = await this.#build(spec);
    return it.fit ? { spec, state: await it.fit(this.samples(request)) } : { spec };
  }

  async open(request: LoaderRequest): Promise<BatchSource> {
    const { ids, batch, dropLast, seed } = request;
    const whole = ids.length - (dropLast ? ids.length % batch : 0);
    const load = (epoch: number, some: readonly string[]) => this.#batch(request, epoch, some);
    return {
      samplesPerEpoch: whole,
      batchesPerEpoch: Math.ceil(whole / batch),
      statistics: { waitedSeconds: 0, batches: 0 },
      async *epoch(epoch) {
        const order = request.shuffle ? createRng(seed, "testkit order", epoch).shuffle([...ids]) : ids;
        for (let from = 0; from < whole; from += batch) yield await load(epoch, order.slice(from, from + batch));
      },
      close: async () => {},
    };
  }

  async #batch(request: LoaderRequest, epoch: number, ids: readonly string[]): Promise<SampleBatch> {
    const augmenters = await Promise.all((request.augmenters ?? []).map(({ spec, state }) => this.#build(spec, state)));
    const samples: Sample[] = [];
    for await (const sample of this.samples({ ...request, ids })) {
      const rng = (index: number) => createRng(request.seed, "testkit augmenter", index, sample.id, epoch);
      samples.push(augmenters.reduce((each, augmenter, index) => augmenter.apply(each, rng(index)), sample));
    }
    const { width, height } = samples[0].image;
    return {
      ids,
      domains: samples.map(({ domain }) => domain),
      width,
      height,
      image: Uint8Array.from(samples.flatMap(({ image }) => [...image.data])),
      mask: Uint8Array.from(samples.flatMap(({ mask }) => [...mask!.data])),
      ...(request.densities && { density: Float32Array.from(samples.flatMap(({ density }) => [...density!.data])) }),
      release: () => {},
    };
  }
}

function draw(id: string, { dataset, size }: Unbatched): Sample {
  const { domain, width, height } = dataset.samples.find((entry) => entry.id === id)!;
  return { ...tissueSample(size?.width ?? width, size?.height ?? height, id), id, domain };
}
