import { createHash } from "node:crypto";
import { describePassedOver } from "@eosin/pictures";
import { type ComponentSpec, EosinError, type JsonObject, type SaidOutput } from "@eosin/plugin-api";
import type { DatasetComponent, DatasetIndex, SampleEntry } from "@eosin/plugin-api/imaging";
import { sha256Of } from "@eosin/support/sha256";
import { PLUGIN_NAME } from "../plugin-name.js";

/** @throws EosinError `DATASET_EMPTY`, `SAMPLE_DUPLICATE`. */
export function datasetOutput(given: DatasetIndex): SaidOutput<DatasetIndex> {
  const { range } = given.reader.with;
  const index = withoutEmptyLists(typeof range === "number" ? { ...given, range } : given);
  if (index.samples.length === 0) {
    throw new EosinError({
      code: "DATASET_EMPTY",
      message: `The dataset ${index.name} has no samples.`,
      expected: "at least one image with its mask",
      found: index.passedOver?.slice(0, 5).map(describePassedOver).join("; "),
      next: "Look at the dataset's options: a subset of domains, or what they leave out, may leave nothing.",
    });
  }
  refuseRepeatedIds(index);
  const { name, summary, passedOver = [], remarks = [] } = index;
  return {
    value: index,
    identity: { reader: index.reader.uses, samples: samplesIdentity(index.samples) },
    said: { name, summary, passedOver: passedOver.map((each) => ({ ...each })), remarks },
  };
}

/**
 * What a consumer of samples, in this order, depends on: never where they are. A digest, however many they are: folds of
 * one data set share those of its samples.
 */
export function samplesIdentity(samples: readonly SampleEntry[]): string {
  const hash = createHash("sha256");
  // Each call costs as much as hashing many digests.
  for (let from = 0; from < samples.length; from += AT_ONCE) {
    hash.update(
      samples
        .slice(from, from + AT_ONCE)
        .map(digestOf)
        .join(""),
    );
  }
  return hash.digest("hex");
}

const AT_ONCE = 256;

const digests = new WeakMap<SampleEntry, string>();

function digestOf(sample: SampleEntry): string {
  const known = digests.get(sample);
  if (known !== undefined) return known;
  const { id, domain, width, height, hash, attributes = {} } = sample;
  const sorted = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = sha256Of(JSON.stringify([id, domain, width, height, hash, sorted]));
  digests.set(sample, digest);
  return digest;
}

/** @param options The dataset's own, as validated: plain JSON. */
export function readerSpec(uses: string, options: object): ComponentSpec<DatasetComponent> {
  // Options that were left out are undefined, which is no JSON; ids left out may be many, and no reader asks for them.
  const plain = Object.entries(options).filter(([name, value]) => value !== undefined && name !== "exclude");
  return { uses, with: Object.fromEntries(plain) as JsonObject, kind: "dataset", plugin: PLUGIN_NAME };
}

/** @throws EosinError `SAMPLE_DUPLICATE`. */
export function refuseRepeatedIds(index: DatasetIndex): void {
  const seen = new Set<string>();
  for (const { id } of index.samples) {
    if (seen.has(id)) {
      throw new EosinError({
        code: "SAMPLE_DUPLICATE",
        message: `The dataset ${index.name} has two samples with one id.`,
        place: id,
        expected: "ids that are unique in the dataset",
        next: "Rename one of the two files, or leave one of them out.",
      });
    }
    seen.add(id);
  }
}

/** Lists that say nothing are absent. */
export function withoutEmptyLists({ passedOver = [], remarks = [], ...index }: DatasetIndex): DatasetIndex {
  return { ...index, ...(passedOver.length > 0 && { passedOver }), ...(remarks.length > 0 && { remarks }) };
}

/** `3 scanners`, `1 scanner`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
