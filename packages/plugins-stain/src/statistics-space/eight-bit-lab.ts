import { channelTransfer, transferMaps } from "../colour/channel-transfer.js";
import { labToRgb, rgbToLab } from "../colour/lab.js";
import { takeImage } from "../kernels/image-pool.js";
import { TISSUE_LIGHTNESS } from "../separation/tissue.js";
import type { Convert } from "./converted-picture.js";

export const eightBitLab: Convert = ({ width, height, data: rgb }) => {
  const made = takeImage(width, height);
  const { data } = made;
  const { mean, std, darker } = rgbToLab(rgb, data, TISSUE_LIGHTNESS * 255);
  return {
    statistics: { mean, std },
    tissue: darker,
    move(to) {
      labToRgb(data, data, transferMaps(channelTransfer({ mean, std }, to)));
      return made;
    },
  };
};
