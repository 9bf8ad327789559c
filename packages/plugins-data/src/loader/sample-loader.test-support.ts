import type { Augmenter, FittedComponent, LoaderRequest, SampleLoader } from "@eosin/plugin-api/imaging";
import { indexOf, quietLog } from "../testing/plan-context.test-support.js";

export const modules = {
  toy: new URL("../testing/toy-plugin.mjs", import.meta.url).href,
  "@eosin/plugins-data": new URL("../../dist/index.js", import.meta.url).href,
};

export const size = { width: 8, height: 8 };

export const toy = indexOf({ a: 7, b: 6 });

export const spec = (uses: string, kind: string, options = {}) => ({ uses, kind, with: options, plugin: "toy" });

export function request(more: Partial<LoaderRequest> = {}): LoaderRequest {
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

export interface SeenBatch {
  ids: readonly string[];
  image: number[];
  mask: number[];
}

export async function epochOf(loader: SampleLoader, asked: LoaderRequest, epoch = 1): Promise<SeenBatch[]> {
  const source = await loader.open(asked);
  const seen: SeenBatch[] = [];
  for await (const batch of source.epoch(epoch)) {
    seen.push({ ids: batch.ids, image: [...batch.image], mask: [...batch.mask] });
    batch.release();
  }
  await source.close();
  return seen;
}

export const noisy: { readonly augmenters: readonly FittedComponent<Augmenter>[] } = {
  augmenters: [{ spec: spec("toy/noise", "augmenter", { most: 50 }) }],
};

export function unexpected(_: string, error: Error): never {
  throw error;
}
