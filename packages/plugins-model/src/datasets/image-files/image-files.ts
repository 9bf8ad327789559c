import { type ImageOptions, type PictureHeader, readImage } from "@eosin/pictures";
import { type ComponentSpec, EosinError, type PlanContext, type PlannedValue } from "@eosin/plugin-api";
import type { DatasetComponent, DatasetIndex, Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import { sha256Of } from "@eosin/support/sha256";
import { type FoundImage, findImages } from "./find-images.js";
import type { ImageFilesOptions } from "./options.js";
import { rangeDoubts } from "./range-doubts.js";
import { settleRanges } from "./settle-ranges.js";
import { surveyImages } from "./survey-images.js";

/** What the reader needs of an entry: `range` with images of more than 8 bits. */
export type ImageSource = { readonly image: string; readonly range?: number };

/** Images on file, without truth. The domain of an image is the folder that it lies in. */
export class ImageFiles implements DatasetComponent {
  readonly #options: ImageFilesOptions;

  constructor(options: ImageFilesOptions) {
    this.#options = options;
  }

  async plan({ baseFolder, files }: PlanContext): Promise<PlannedValue<DatasetIndex>> {
    const { images, names, ...reading } = this.#options;
    const { images: found, passedOver, remarks } = await findImages(images, { baseFolder, names });
    const { whole, faults } = await surveyImages(found, reading);
    const settled = await settleRanges(
      whole.map(({ header }) => header),
      reading,
    );
    const [first, ...also] = [...faults, ...settled.faults].map(({ error }) => error);
    if (first) throw also.length === 0 ? first : new EosinError({ ...first, message: first.message, also });
    const hashes = await files.hashAll(whole.map(({ path }) => path));
    const samples = whole.map((image, i) => {
      const range = settled.ranges.get(image.path);
      return imageEntry(image, range, readHash(hashes[i], range, reading));
    });
    const more = { ...(passedOver.length > 0 && { passedOver }), ...(remarks.length > 0 && { remarks }) };
    const index: DatasetIndex = { ...imageIndex(samples, reading), ...more };
    const identity = samples.map(({ id, domain, hash }) => ({ id, domain, hash }));
    return { value: index, identity };
  }

  async read({ id, domain, source }: SampleEntry): Promise<Sample> {
    const { image: path, range } = source as ImageSource;
    const { images: _, names: __, ...reading } = this.#options;
    const { image, remarks, extremes } = await readImage(path, range === undefined ? reading : { ...reading, range });
    const doubts = extremes && range !== undefined ? rangeDoubts(extremes, range) : [];
    const said = [...remarks.map((message) => ({ message })), ...doubts];
    return { id, domain, image, ...(said.length > 0 && { remarks: said }) };
  }
}

/** @param hash Of everything that decides on the pixels. */
export function imageEntry(
  { id, folder, path, header }: FoundImage & { readonly header: PictureHeader },
  range: number | undefined,
  hash: string,
): SampleEntry {
  const { width, height } = header;
  const source: ImageSource = { image: path, ...(range !== undefined && { range }) };
  return { id, domain: folder, width, height, hash, source };
}

export function imageIndex(samples: readonly SampleEntry[], reading: ImageOptions): DatasetIndex {
  return { name: "images", summary: `${samples.length} images without masks`, reader: readerOf(reading), samples };
}

/** Of the file's bytes and of how they are read, where that is not as the file says. */
function readHash(ofFile: string, range: number | undefined, { page }: ImageOptions): string {
  if (range === undefined && page === undefined) return ofFile;
  return sha256Of(JSON.stringify([ofFile, { range, page }]));
}

function readerOf(reading: ImageOptions): ComponentSpec<DatasetComponent> {
  const said = Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined));
  return { uses: "model/image-files", kind: "dataset", plugin: "@eosin/plugins-model", with: { images: [], ...said } };
}
