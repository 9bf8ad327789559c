import type { RgbImage } from "@eosin/plugin-api/imaging";
import type { LookRecord } from "./look-record.js";
import type { LookedSample } from "./looked-sample.js";
import { createSampleMeasurer, type SampleFigures } from "./sample-figures.js";
import { storeThumbnails } from "./stored-thumbnails.js";

/** A picture that is the same on every machine, with something in every frequency. @param which Another for each. */
export function picture(width: number, height: number, which = 0): RgbImage {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % width;
    const y = Math.floor(i / 3 / width);
    return (x * 7 + y * 13 + (i % 3) * 31 + which * 17) * (x + 3) * (y + 5 + which);
  });
  return { width, height, data };
}

export const plainFigures: SampleFigures = {
  width: 64,
  height: 48,
  foreground: 0.25,
  mean: [200, 150, 190],
  contrast: 30,
  sharpness: 900,
  pixels: "0",
};

/** Named `domain/name`. */
export function looked(
  id: string,
  figures: Partial<SampleFigures> = {},
  rest: Partial<LookedSample> = {},
): LookedSample {
  return {
    hash: id,
    id,
    domain: id.split("/")[0],
    figures: { ...plainFigures, pixels: id, ...figures },
    ...rest,
  };
}

/** A record of a picture whose left half is tumour. */
export async function lookRecord(id: string, which = 0): Promise<LookRecord> {
  const image = picture(64, 48, which);
  const mask = { width: 64, height: 48, data: Uint8Array.from({ length: 64 * 48 }, (_, i) => (i % 64 < 32 ? 1 : 0)) };
  const { figures, thumbnails } = createSampleMeasurer()(image, mask);
  return { sample: looked(id, figures), thumbnails: await storeThumbnails(thumbnails) };
}
