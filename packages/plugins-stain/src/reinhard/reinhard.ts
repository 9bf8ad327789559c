import { z } from "zod";
import { type ChannelStatistics, channelHistograms, statisticsOf } from "../colour/channel-histograms.js";
import { channelTransfer, transferMaps } from "../colour/channel-transfer.js";
import { labToRgb, rgbToLab } from "../colour/lab.js";
import { shareOf, tissueMask } from "../separation/tissue.js";
import { tooLittleTissue, type Unsuitable } from "../separation/unsuitable.js";
import type { NormalizationMethod } from "../target/targeted-normalizer.js";

const triple = z.tuple([z.number(), z.number(), z.number()]);

/** Reinhard 2001 in 8-bit LAB over all pixels, with population deviations, truncated (StainTools, TIAToolbox). */
export const reinhardMethod: NormalizationMethod<ChannelStatistics> = {
  type: "stain/reinhard",
  target: z.object({ mean: triple, std: triple }),
  measure(image) {
    const lab = new Uint8Array(image.data.length);
    return unsuitable(image.data) ?? measureLab(image.data, lab);
  },
  normalize(image, target) {
    const flaw = unsuitable(image.data);
    if (flaw) return flaw;
    const data = new Uint8Array(image.data.length);
    const source = measureLab(image.data, data);
    if (source.std[0] === 0) return { unsuitable: "it has one lightness only" };
    labToRgb(data, data, transferMaps(channelTransfer(source, target)));
    return { width: image.width, height: image.height, data };
  },
};

function unsuitable(rgb: Uint8Array): Unsuitable | undefined {
  return tooLittleTissue(shareOf(tissueMask(rgb)));
}

function measureLab(rgb: Uint8Array, lab: Uint8Array): ChannelStatistics {
  rgbToLab(rgb, lab);
  return statisticsOf(channelHistograms(lab));
}
