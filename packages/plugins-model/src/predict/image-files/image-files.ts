import { resolve } from "node:path";
import { type ImageOptions, readHeader, readImage, refuseLarge } from "@eosin/pictures";
import type { ComponentSpec, PlanContext, PlannedOutput } from "@eosin/plugin-api";
import type { DatasetComponent, DatasetIndex, Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import type { ImageFilesOptions } from "./definition.js";
import { type FoundImage, findImages } from "./find-images.js";

/** Images on file, without truth. The domain of an image is the folder that it lies in. */
export class ImageFiles implements DatasetComponent {
  readonly #options: ImageFilesOptions;

  constructor(options: ImageFilesOptions) {
    this.#options = options;
  }

  async plan(context: PlanContext): Promise<PlannedOutput> {
    const { images, ...reading } = this.#options;
    const files = await findImages(images.map((path) => resolve(context.baseFolder, path)));
    const hashes = await context.files.hashAll(files.map(({ path }) => path));
    const index = await indexImages(files, hashes, reading);
    const identity = index.samples.map(({ id, domain, hash }) => ({ id, domain, hash }));
    return { value: index as never, identity };
  }

  async read({ id, domain, source }: SampleEntry): Promise<Sample> {
    const { image } = await readImage((source as { image: string }).image, this.#options);
    return { id, domain, image };
  }
}

/** @param hashes Of the files' contents, in their order. */
export async function indexImages(
  files: readonly FoundImage[],
  hashes: readonly string[],
  reading: ImageOptions,
): Promise<DatasetIndex> {
  const samples: SampleEntry[] = [];
  for (const [i, { path, id, folder }] of files.entries()) {
    const header = await readHeader(path, reading);
    refuseLarge(header, reading.maxPixels);
    const { width, height } = header;
    samples.push({ id, domain: folder, width, height, hash: hashes[i], source: { image: path } });
  }
  return { name: "images", summary: `${samples.length} images without masks`, reader: readerOf(reading), samples };
}

function readerOf(reading: ImageOptions): ComponentSpec {
  const said = Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined));
  return { uses: "model/image-files", kind: "dataset", plugin: "@eosin/plugins-model", with: { images: [], ...said } };
}
