import { createHash } from "node:crypto";
import type { DatasetIndex } from "../../imaging/dataset.js";
import type { Split } from "../../imaging/split.js";

/** Pixels of a side. */
const side = 32;

/** An index of three domains `a`, `b`, `c`. @param perDomain Samples of each. */
export function toyDataset(perDomain: number): DatasetIndex {
  const samples = ["a", "b", "c"].flatMap((domain) =>
    Array.from({ length: perDomain }, (_, i) => {
      const id = `${domain}/${String(i).padStart(3, "0")}`;
      const hash = createHash("sha256").update(id).digest("hex");
      return { id, domain, width: side, height: side, hash, source: { i } };
    }),
  );
  return {
    name: "toy",
    summary: `${samples.length} samples of 3 domains`,
    reader: { uses: "toy/toy", with: {}, kind: "dataset" },
    samples,
  };
}

/** One fold: of `a` and `b` four samples each train and one validates; `c` tests, a domain that training never sees. */
export function toySplit(): Split {
  const dataset = toyDataset(5);
  const ids = (domain: string, from: number, to: number) =>
    dataset.samples
      .filter((sample) => sample.domain === domain)
      .slice(from, to)
      .map(({ id }) => id);
  return {
    key: "fold-0",
    dataset,
    train: [...ids("a", 0, 4), ...ids("b", 0, 4)],
    validation: [...ids("a", 4, 5), ...ids("b", 4, 5)],
    test: ids("c", 0, 5),
  };
}
