import { createFileHasher, type PluginRegistry, parseComponent } from "@eosin/core";
import { createRng, datasetKind, EosinError, type PlanContext } from "@eosin/plugin-api";
import {
  type DatasetComponent,
  type DatasetIndex,
  type Sample,
  type SampleEntry,
  sampleLoader,
} from "@eosin/plugin-api/imaging";
import type { RemarkCount } from "@eosin/plugins-model/predict";
import { datasetRemarks } from "./dataset-remarks.js";
import { inFlags, type ReadingFlags, readingOptions } from "./reading-flags.js";
import { stderrLogger } from "./stderr-logger.js";

export interface OpenImages {
  readonly count: number;
  /** What was passed over, and how images were matched. */
  readonly remarks: readonly string[];
  /** A fresh pass over them, in the order of the arguments. */
  samples(): AsyncIterable<Sample>;
  /** What was done to those that were read so far, and what speaks against it. */
  read(): readonly RemarkCount[];
}

/**
 * Image files, and those in folders, by the dataset component for such; named by their paths from the working folder.
 * @param longestSide Images are reduced to it where they are larger.
 * @throws EosinError that names the file: missing, not decodable; `NO_IMAGES` in a folder.
 */
export async function openImages(
  registry: PluginRegistry,
  paths: readonly string[],
  longestSide: number,
  reading: ReadingFlags = {},
): Promise<OpenImages> {
  const text = "model/image-files";
  const spec = parseComponent({ kind: datasetKind, text, flag: "images" }, registry);
  const options = { images: [...new Set(paths)], names: "path", ...readingOptions(reading) };
  const dataset = await inFlags(async () => {
    return indexOf(await registry.create({ ...spec, with: options }, stderrLogger), registry);
  });
  const loader = await registry.services.get(sampleLoader);
  const { RemarkTally } = await import("@eosin/plugins-model/predict");
  const tally = new RemarkTally();
  const heard = new Set<string>();
  const common = { dataset, seed: 0, workers: 0, modules: registry.modules, log: stderrLogger };
  return {
    count: dataset.samples.length,
    remarks: datasetRemarks(dataset),
    async *samples() {
      for (const entry of dataset.samples) {
        const asked = { ...common, ids: [entry.id], size: reduced(entry, longestSide), interpolation: "area" } as const;
        for await (const sample of loader.samples(asked)) {
          if (!heard.has(sample.id)) tally.add(sample.id, sample.remarks ?? []);
          heard.add(sample.id);
          yield sample;
        }
      }
    },
    read: () => tally.list(),
  };
}

async function indexOf(component: DatasetComponent, { services }: PluginRegistry): Promise<DatasetIndex> {
  const context: PlanContext = {
    seed: 0,
    baseFolder: process.cwd(),
    files: createFileHasher(),
    services,
    log: stderrLogger,
    rng: (...key) => createRng(0, ...key),
    open: noArtifacts,
    openItems: noArtifacts,
  };
  return (await component.plan(context)).value;
}

async function noArtifacts(): Promise<never> {
  throw new EosinError({ code: "NO_ARTIFACTS", message: "Outside a pipeline there are no artifacts to open." });
}

function reduced({ width, height }: SampleEntry, longestSide: number): { width: number; height: number } {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
