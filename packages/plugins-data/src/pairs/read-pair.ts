import { maskOf, readImage, readLabels } from "@eosin/pictures";
import type { Mask, RgbImage, Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import type { PairSource } from "./index-pairs.js";
import { pictureReading, type ReadingOptions } from "./reading-options.js";
import { sizeMismatch } from "./size-mismatch.js";

/** @throws EosinError of `readImage`, `readLabels` and `maskOf`, or `SIZE_MISMATCH`, naming the file. */
export async function readPair(entry: SampleEntry, options: ReadingOptions = {}): Promise<Sample> {
  const source = entry.source as PairSource;
  const reading = pictureReading(options);
  if (source.mask === undefined) {
    const { image } = await readImage(source.image, reading.image);
    return { id: entry.id, domain: entry.domain, image, mask: emptyMask(image) };
  }
  const [{ image, header }, labels] = await Promise.all([
    readImage(source.image, reading.image),
    readLabels(source.mask, reading.mask),
  ]);
  if (image.width !== labels.width || image.height !== labels.height) throw sizeMismatch(header, labels.header);
  return { id: entry.id, domain: entry.domain, image, mask: maskOf(labels, reading.mask) };
}

/** An image that has no mask on purpose is free of tumour. */
function emptyMask({ width, height }: RgbImage): Mask {
  return { width, height, data: new Uint8Array(width * height) };
}
