import { maskOf, type PictureHeader, readImage, readLabels, tallyLabels } from "@eosin/pictures";
import { isEosinError, type Logger, type PluginModules } from "@eosin/plugin-api";
import type { Mask, SampleEntry } from "@eosin/plugin-api/imaging";
import type { PairSource } from "../pairs/index-pairs.js";
import { pictureReading, type ReadingOptions } from "../pairs/reading-options.js";
import { sizeMismatch } from "../pairs/size-mismatch.js";
import type { LookRecord } from "./look-record.js";
import type { FileFacts } from "./looked-sample.js";
import { createSampleMeasurer } from "./sample-figures.js";
import { openSeparator, stainFigures } from "./stain-figures.js";
import { storeThumbnails } from "./stored-thumbnails.js";

export type PairLook = (entry: SampleEntry, options: ReadingOptions) => Promise<LookRecord>;

/** Opens what a look at pairs of files needs, once for many. */
export async function openPairLook(modules: PluginModules, log: Logger): Promise<PairLook> {
  const measure = createSampleMeasurer();
  const separator = await openSeparator(modules, log);
  return async (entry, options) => {
    const source = entry.source as PairSource;
    const reading = pictureReading(options);
    const { image, header, remarks, extremes } = await readImage(source.image, reading.image);
    const labels = source.mask === undefined ? undefined : await readLabels(source.mask, reading.mask);
    if (labels && (labels.width !== image.width || labels.height !== image.height)) {
      throw sizeMismatch(header, labels.header);
    }
    const tally = labels && tallyLabels(labels);
    const { figures, thumbnails } = measure(image, labels && readable(() => maskOf(labels, reading.mask, tally)));
    const { id, domain, hash } = entry;
    return {
      sample: {
        hash,
        id,
        domain,
        figures,
        ...(separator && { stains: stainFigures(separator, image) }),
        image: factsOf(header),
        ...(labels && { mask: factsOf(labels.header) }),
        reading: {
          remarks,
          ...(extremes && { extremes }),
          ...(header.declaredRange !== undefined && { declaredRange: header.declaredRange }),
          ...(tally && { tally }),
        },
      },
      thumbnails: await storeThumbnails(thumbnails),
    };
  };
}

/** A mask that has no meaning by itself may have one by the rule of all of them: its tally tells. */
function readable(read: () => Mask): Mask | undefined {
  try {
    return read();
  } catch (error) {
    if (isEosinError(error)) return undefined;
    throw error;
  }
}

function factsOf({ bytes, format, depth }: PictureHeader): FileFacts {
  return { bytes, format, bitDepth: depth };
}
