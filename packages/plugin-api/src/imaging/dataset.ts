import { defineArtifact } from "../artifact.js";
import type { ComponentSpec } from "../component.js";
import type { JsonValue } from "../json.js";
import type { PlannedValue } from "../planned.js";
import type { PlannedComponent } from "../planned-component.js";
import { anyJson, componentSpec, count, onceFor, pixels } from "../schemas.js";
import { z } from "../zod.js";
import type { Sample } from "./sample.js";

/** One line of a dataset's index: everything about a sample but its pixels. */
export interface SampleEntry {
  /** Unique in the dataset, e.g. `kfbio-400/6f7c87af44b3`. */
  readonly id: string;
  readonly domain: string;
  /** Pixels, before any resize. */
  readonly width: number;
  readonly height: number;
  /** Of the content (pixels and mask), hexadecimal. */
  readonly hash: string;
  /** What the reader needs to find it, e.g. `{ image: "/…/a.png", mask: "/…/a.png" }`. */
  readonly source: JsonValue;
  /** What else is known of it, e.g. `{ patient: "P07", slide: "S3" }`: splits may keep equal ones together. */
  readonly attributes?: { readonly [name: string]: string };
}

/** Files of one folder that a dataset did not take, for one reason. */
export interface PassedOver {
  /** Completes "4 files passed over: ", e.g. `.txt is not a picture's ending`, `left out by exclude`. */
  readonly reason: string;
  /** Relative to the dataset's root, with forward slashes. */
  readonly folder: string;
  readonly count: number;
  /** Names of the first of them, at most three. */
  readonly examples: readonly string[];
}

/** The value of a `dataset` artifact. */
export interface DatasetIndex {
  readonly name: string;
  /** One sentence for the run's first lines, e.g. `180 patches of 3 scanners from cosas-mini`. */
  readonly summary: string;
  /** The component whose `read` gives the pixels; also usable inside worker threads. */
  readonly reader: ComponentSpec<DatasetComponent>;
  readonly samples: readonly SampleEntry[];
  /** What is in its folders and is not among the samples; absent where all was taken. */
  readonly passedOver?: readonly PassedOver[];
  /** Sentences for the user about how files were matched, e.g. that two names differ in their Unicode form. */
  readonly remarks?: readonly string[];
  /** What the values of its images of more than 8 bits go up to, once that is known; absent where none has more. */
  readonly range?: number;
}

const sampleEntry = z.object({
  id: z.string(),
  domain: z.string(),
  width: pixels,
  height: pixels,
  hash: z.string(),
  source: anyJson,
  attributes: z.record(z.string(), z.string()).optional(),
});

/** Artifacts of data sets. */
export const datasetArtifact = defineArtifact<"dataset", DatasetIndex>(
  "dataset",
  // Folds hold their data set, and it may be long.
  onceFor<DatasetIndex>(
    z.object({
      name: z.string(),
      summary: z.string(),
      reader: componentSpec<DatasetComponent>(),
      samples: z.array(sampleEntry),
      passedOver: z
        .array(z.object({ reason: z.string(), folder: z.string(), count, examples: z.array(z.string()) }))
        .optional(),
      remarks: z.array(z.string()).optional(),
      range: z.number().positive().optional(),
    }),
  ),
);

/**
 * Implementation of the kind `dataset`. `plan` gives a {@link DatasetIndex}; `read` runs in any thread.
 * @example
 * ```ts
 * import type { DatasetComponent, SampleEntry } from "@eosin/plugin-api/imaging";
 *
 * const patch: SampleEntry = { id: "grey/0", domain: "grey", width: 64, height: 64, hash: "5f1d7a84db00d2fc", source: {} };
 *
 * export const grey: DatasetComponent = {
 *   async plan() {
 *     const reader = { uses: "my/grey", with: {}, kind: "dataset", plugin: "my-plugin" };
 *     // What the fingerprint takes in: content, never paths.
 *     const identity = [patch.id, patch.hash];
 *     return { value: { name: "grey", summary: "one grey patch", reader, samples: [patch] }, identity };
 *   },
 *   async read({ id, domain, width, height }) {
 *     const image = { width, height, data: new Uint8Array(3 * width * height).fill(200) };
 *     return { id, domain, image, mask: { width, height, data: new Uint8Array(width * height) } };
 *   },
 * };
 * ```
 */
export interface DatasetComponent extends PlannedComponent<PlannedValue<DatasetIndex>> {
  /** @throws EosinError that names the file: missing, corrupt, image and mask of different sizes. */
  read(entry: SampleEntry): Promise<Sample>;
}
