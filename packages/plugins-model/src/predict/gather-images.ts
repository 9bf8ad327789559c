import { type ImageOptions, isDeep, type PictureHeader } from "@eosin/pictures";
import type { DatasetIndex, PassedOver, ReadingRemark, SampleEntry } from "@eosin/plugin-api/imaging";
import { findImages } from "../datasets/image-files/find-images.js";
import { imageEntry, imageIndex } from "../datasets/image-files/image-files.js";
import { settleRanges } from "../datasets/image-files/settle-ranges.js";
import { type ImageFault, surveyImages } from "../datasets/image-files/survey-images.js";

/** How the images of a call are read. */
export interface CallReading extends ImageOptions {
  /** What values of more than 8 bits went up to when the model was trained. */
  readonly modelRange?: number;
}

export interface GatheredImages {
  /** What can be read, as far as files' headers say. */
  readonly dataset: DatasetIndex;
  readonly faults: readonly ImageFault[];
  readonly passedOver: readonly PassedOver[];
  /** Sentences about the search and the range. */
  readonly notes: readonly string[];
  /** By id: what speaks against an image before it is decoded. */
  readonly doubts: ReadonlyMap<string, readonly ReadingRemark[]>;
}

/**
 * Finds the images of a call and settles how they are read: by `range`, else by the model's, else all by one of their
 * own.
 * @throws EosinError of {@link findImages}
 */
export async function gatherImages(paths: readonly string[], how: CallReading): Promise<GatheredImages> {
  const { modelRange, range = modelRange, page, maxPixels } = how;
  const reading = { range, page, maxPixels };
  const found = await findImages(paths, { baseFolder: process.cwd() });
  const survey = await surveyImages(found.images, reading);
  const headers = survey.whole.map(({ header }) => header);
  const { ranges, faults } = await settleRanges(headers, reading);
  const unread = new Set(faults.map(({ path }) => path));
  const whole = survey.whole.filter(({ path }) => !unread.has(path));
  // They are read once: no hash of their content is needed to find them again.
  const samples: SampleEntry[] = whole.map((image) => imageEntry(image, ranges.get(image.path), image.path));
  const doubts = new Map(whole.map(({ id, header }) => [id, depthDoubts(header, how)]));
  return {
    dataset: imageIndex(samples, reading),
    faults: [...survey.faults, ...faults],
    passedOver: found.passedOver,
    notes: [...found.remarks, ...rangeNotes(ranges, how)],
    doubts,
  };
}

/** Whether a model that was trained on deeper or shallower values knows what it will see. */
function depthDoubts(header: PictureHeader, { modelRange, range }: CallReading): readonly ReadingRemark[] {
  // Who states a range knows what the values are.
  if (range !== undefined || isDeep(header) === (modelRange !== undefined)) return [];
  const message =
    modelRange === undefined
      ? `${header.depth}-bit values, where the model was trained on 8-bit ones as far as it says`
      : `${header.depth}-bit values, where the model was trained on values 0…${modelRange}`;
  return [{ message, doubtful: true }];
}

function rangeNotes(ranges: ReadonlyMap<string, number>, { range, modelRange }: CallReading): readonly string[] {
  const whose =
    range !== undefined ? "as --range says" : modelRange === undefined ? "shared by all" : "as the model was trained";
  return [...new Set(ranges.values())].map((each) => {
    const count = [...ranges.values()].filter((other) => other === each).length;
    const images = `${count} ${count === 1 ? "image" : "images"} of more than 8 bits`;
    return `${images}: values read as 0…${each}, ${whose}`;
  });
}
