import { stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { createFileHasher, type PluginRegistry, parseComponent } from "@eosin/core";
import { createRng, EosinError, type PlanContext } from "@eosin/plugin-api";
import {
  type DatasetComponent,
  type DatasetIndex,
  type Sample,
  type SampleEntry,
  sampleLoader,
} from "@eosin/plugin-api/imaging";
import { stderrLogger } from "./stderr-logger.js";

export interface OpenImages {
  readonly count: number;
  /** A fresh pass over them, in the order of the arguments. */
  samples(): AsyncIterable<Sample>;
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
): Promise<OpenImages> {
  const text = "model/image-files";
  const spec = parseComponent({ kind: "dataset", text, flag: "images" }, registry);
  const indices: DatasetIndex[] = [];
  // Path by path, so that two images of one name in two folders keep apart.
  for (const [path, given] of new Map(paths.map((each) => [resolve(each), each]))) {
    const component = await registry.create<DatasetComponent>({ ...spec, with: { images: [path] } }, stderrLogger);
    const index = await indexOf(component, registry);
    indices.push(named(index, shownPath(path, given), (await stat(path)).isDirectory()));
  }
  const loader = await registry.services.get(sampleLoader);
  const samples = unique(indices.flatMap((index) => index.samples));
  const dataset: DatasetIndex = { ...indices[0], samples };
  const common = { dataset, seed: 0, workers: 0, modules: registry.modules, log: stderrLogger };
  return {
    count: samples.length,
    async *samples() {
      for (const entry of samples) {
        yield* loader.samples({ ...common, ids: [entry.id], size: reduced(entry, longestSide), interpolation: "area" });
      }
    },
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
    open: async () => {
      throw new EosinError({ code: "NO_ARTIFACTS", message: "Outside a pipeline there are no artifacts to open." });
    },
  };
  const output = await component.plan(context);
  return ("value" in output ? output.value : output.items[0].value) as unknown as DatasetIndex;
}

/** From the working folder where it lies below that, else as it was given. */
function shownPath(path: string, given: string): string {
  const below = relative(process.cwd(), path);
  return below.startsWith("..") ? given : below || ".";
}

function named(index: DatasetIndex, shown: string, isFolder: boolean): DatasetIndex {
  return {
    ...index,
    samples: index.samples.map((entry) => ({ ...entry, id: isFolder ? join(shown, entry.id) : shown })),
  };
}

/** A file that stands in a folder which was named too. */
function unique(entries: readonly SampleEntry[]): readonly SampleEntry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}

function reduced({ width, height }: SampleEntry, longestSide: number): { width: number; height: number } {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
