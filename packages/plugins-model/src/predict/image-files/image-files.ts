import { resolve } from "node:path";
import { EosinError, type PlanContext, type PlannedOutput } from "@eosin/plugin-api";
import type { DatasetComponent, DatasetIndex, Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import sharp from "sharp";
import { findImages } from "./find-images.js";

const READER = { uses: "model/image-files", kind: "dataset", plugin: "@eosin/plugins-model", with: { images: [] } };

/** Images on file, without truth. The domain of an image is the folder that it lies in. */
export class ImageFiles implements DatasetComponent {
  readonly #paths: readonly string[];

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  async plan(context: PlanContext): Promise<PlannedOutput> {
    const files = await findImages(this.#paths.map((path) => resolve(context.baseFolder, path)));
    const index = await indexImages(files, await context.files.hashAll(files.map(({ path }) => path)));
    const identity = index.samples.map(({ id, domain, hash }) => ({ id, domain, hash }));
    return { value: index as never, identity };
  }

  async read({ id, domain, source }: SampleEntry): Promise<Sample> {
    const { image } = source as { image: string };
    const { data, info } = await decoding(
      image,
      sharp(image).toColourspace("srgb").removeAlpha().raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true }),
    );
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return { id, domain, image: { width: info.width, height: info.height, data: inColour(pixels, info.channels) } };
  }
}

/** @param hashes Of the files' contents, in their order. */
export async function indexImages(
  files: Awaited<ReturnType<typeof findImages>>,
  hashes: readonly string[],
): Promise<DatasetIndex> {
  const samples: SampleEntry[] = [];
  for (const [i, { path, id, folder }] of files.entries()) {
    const { width, height } = await decoding(path, sharp(path).metadata());
    samples.push({ id, domain: folder, width, height, hash: hashes[i], source: { image: path } });
  }
  return { name: "images", summary: `${samples.length} images without masks`, reader: READER, samples };
}

async function decoding<Result>(path: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    throw new EosinError({
      code: "IMAGE_UNREADABLE",
      message: "The image cannot be decoded.",
      place: path,
      expected: "a whole PNG, JPEG, TIFF or WebP file",
      found: (cause as Error).message,
      next: "Replace the file or leave it out.",
      cause,
    });
  }
}

/** Grey images come with one channel. */
function inColour(pixels: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return pixels;
  const rgb = new Uint8Array((pixels.length / channels) * 3);
  for (let i = 0; i < rgb.length; i++) rgb[i] = pixels[Math.floor(i / 3) * channels];
  return rgb;
}
