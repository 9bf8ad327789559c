import { takeImage } from "@eosin/pictures/image-pool";
import { labToRgb, rgbToLab } from "../colour-spaces/lab.js";
import { TISSUE_LIGHTNESS } from "../estimation/tissue.js";
import { channelTransfer, transferMaps } from "../statistics/channel-transfer.js";
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
