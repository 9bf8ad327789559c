import { z } from "zod";
import type { ChannelStatistics } from "../colour/channel-statistics.js";
import { channelTransfer, transferMaps } from "../colour/channel-transfer.js";
import { labToRgb, rgbToLab } from "../colour/lab.js";
import { TISSUE_LIGHTNESS } from "../separation/tissue.js";
import { isUnsuitable, tooLittleTissue, type Unsuitable } from "../separation/unsuitable.js";
import type { NormalizationMethod } from "../target/targeted-normalizer.js";

const triple = z.tuple([z.number(), z.number(), z.number()]);

/** Reinhard 2001 in 8-bit LAB over all pixels, with population deviations, truncated (StainTools, TIAToolbox). */
export const reinhardMethod: NormalizationMethod<ChannelStatistics> = {
  type: "stain/reinhard",
  target: z.object({ mean: triple, std: triple }),
  measure: (image) => convert(image.data, new Uint8Array(image.data.length)),
  normalize(image, target) {
    const data = new Uint8Array(image.data.length);
    const source = convert(image.data, data);
    if (isUnsuitable(source)) return source;
    if (source.std[0] === 0) return { unsuitable: "it has one lightness only" };
    labToRgb(data, data, transferMaps(channelTransfer(source, target)));
    return { width: image.width, height: image.height, data };
  },
};

function convert(rgb: Uint8Array, lab: Uint8Array): ChannelStatistics | Unsuitable {
  const { mean, std, darker } = rgbToLab(rgb, lab, TISSUE_LIGHTNESS * 255);
  return tooLittleTissue(darker) ?? { mean, std };
}
