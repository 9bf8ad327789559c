import { EosinError } from "@eosin/plugin-api";
import type { Split, SplitComponent } from "@eosin/plugin-api/imaging";
import type { Options } from "./options.js";

const key = "fold-0";

export function create({ dataset: handle, every }: Options): SplitComponent {
  return {
    async plan(context) {
      const dataset = (await context.open(handle)).value;
      const parts = { train: [] as string[], validation: [] as string[], test: [] as string[] };
      for (const domain of [...new Set(dataset.samples.map((sample) => sample.domain))].sort()) {
        const ids = dataset.samples.filter((sample) => sample.domain === domain).map(({ id }) => id);
        for (const [turn, id] of context.rng(domain).shuffle(ids).entries()) {
          const part = turn % every === 0 ? "test" : turn % every === 1 ? "validation" : "train";
          parts[part].push(id);
        }
      }
      if (parts.train.length === 0) throw tooFew(dataset.samples.length);
      const split: Split = { key, dataset, ...parts };
      // Fingerprints take in the content of the samples: their hashes, part by part.
      const hashes = new Map(dataset.samples.map(({ id, hash }) => [id, hash]));
      const identity = Object.values(parts).map((ids) => ids.map((id) => hashes.get(id) ?? id));
      return { items: [{ key, value: split, identity }] };
    },
  };
}

function tooFew(count: number): EosinError {
  return new EosinError({
    code: "SPLIT_PART_EMPTY",
    message: "No sample is left to train on.",
    expected: "at least three samples in some domain",
    found: `${count} samples`,
    next: "Use more samples.",
  });
}
