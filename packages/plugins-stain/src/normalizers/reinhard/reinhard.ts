import type { RgbImage } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { isUnsuitable, tooLittleTissue, type Unsuitable } from "../../estimation/unsuitable.js";
import type { ChannelStatistics } from "../../statistics/channel-statistics.js";
import { LEAST_STD } from "../../statistics/channel-transfer.js";
import type { ConvertedPicture } from "../../statistics-space/converted-picture.js";
import { eightBitLab } from "../../statistics-space/eight-bit-lab.js";
import { realLab } from "../../statistics-space/real-lab.js";
import type { NormalizationMethod } from "../target/normalization-method.js";

const triple = z.tuple([z.number(), z.number(), z.number()]);

const forms = { "8-bit": eightBitLab, float: realLab };

/** Reinhard 2001 over all pixels, with population deviations, truncated. */
export function reinhardMethod(form: keyof typeof forms): NormalizationMethod<ChannelStatistics> {
  const convert = (image: RgbImage): ConvertedPicture | Unsuitable => {
    const picture = forms[form](image);
    return tooLittleTissue(picture.tissue) ?? picture;
  };
  return {
    type: "stain/reinhard",
    target: z.object({ mean: triple, std: triple }),
    measure(image) {
      const picture = convert(image);
      return isUnsuitable(picture) ? picture : picture.statistics;
    },
    normalize(image, target) {
      const picture = convert(image);
      if (isUnsuitable(picture)) return picture;
      if (picture.statistics.std[0] < LEAST_STD) return { unsuitable: "it has one lightness only" };
      return picture.move(target);
    },
  };
}
