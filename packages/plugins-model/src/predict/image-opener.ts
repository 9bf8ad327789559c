import { createRng, EosinError, type PlanContext, type ServiceProvider } from "@eosin/plugin-api";
import {
  type DatasetIndex,
  datasetRemarks,
  type ImageOpener,
  type ImageRequest,
  type OpenImages,
  type SampleEntry,
  sampleLoader,
} from "@eosin/plugin-api/imaging";
import { inParallel } from "@eosin/support/in-parallel";
import { sha256OfFile } from "@eosin/support/sha256";
import { ImageFiles } from "../datasets/image-files/image-files.js";
import { RemarkTally } from "./remark-tally.js";

const readsAtOnce = 4;

/** Opens images by the data set of image files, and reads them by the loader of samples. */
export function createImageOpener(services: ServiceProvider): ImageOpener {
  return { open: (request) => openImages(request, services) };
}

async function openImages(request: ImageRequest, services: ServiceProvider): Promise<OpenImages> {
  const { modules, log, longestSide } = request;
  const dataset = await indexOf(request, services);
  const loader = await services.get(sampleLoader);
  const tally = new RemarkTally();
  const heard = new Set<string>();
  const common = { dataset, seed: 0, workers: 0, modules, log };
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

async function indexOf(request: ImageRequest, services: ServiceProvider): Promise<DatasetIndex> {
  const { paths, range, page, maxPixels, log } = request;
  const images = [...new Set(paths)];
  const context: PlanContext = {
    seed: 0,
    baseFolder: process.cwd(),
    files: { hashAll: (files) => inParallel(files, readsAtOnce, (file) => sha256OfFile(file)) },
    services,
    log,
    rng: (...key) => createRng(0, ...key),
    open: noArtifacts,
    openItems: noArtifacts,
  };
  const { value } = await new ImageFiles({ images, names: "path", range, page, maxPixels }).plan(context);
  return value;
}

async function noArtifacts(): Promise<never> {
  throw new EosinError({ code: "NO_ARTIFACTS", message: "Outside a pipeline there are no artifacts to open." });
}

function reduced({ width, height }: SampleEntry, longestSide: number): { width: number; height: number } {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
