import { identityMap } from "../colour/byte-map.js";
import { channelHistograms, statisticsOf } from "../colour/channel-histograms.js";
import type { ChannelStatistics } from "../colour/channel-statistics.js";
import { channelTransfer, transferMap, transferMaps } from "../colour/channel-transfer.js";
import { measureHed, moveHed } from "../colour/hed.js";
import { hsvToRgb, rgbToHsv } from "../colour/hsv.js";
import { labToRgb, rgbToLab } from "../colour/lab.js";
import { darkTissue, TISSUE_LIGHTNESS, tissueShare } from "../separation/tissue.js";

/** A picture in a colour space where its channel statistics are moved. */
export interface ConvertedPicture {
  readonly statistics: ChannelStatistics;
  /** Share of its pixels that are tissue. */
  readonly tissue: number;
  /** @returns A new picture whose channels have these statistics, up to clipping and rounding. Once only. */
  move(to: ChannelStatistics): Uint8Array;
}

const tissue = darkTissue(identityMap);

type Convert = (rgb: Uint8Array) => ConvertedPicture;

const lab: Convert = (rgb) => {
  const data = new Uint8Array(rgb.length);
  const { mean, std, darker } = rgbToLab(rgb, data, TISSUE_LIGHTNESS * 255);
  return {
    statistics: { mean, std },
    tissue: darker,
    move(to) {
      labToRgb(data, data, transferMaps(channelTransfer({ mean, std }, to)));
      return data;
    },
  };
};

const hsv: Convert = (rgb) => {
  const data = new Uint8Array(rgb.length);
  rgbToHsv(rgb, data);
  const statistics = statisticsOf(channelHistograms(data));
  return {
    statistics,
    tissue: tissueShare(rgb, tissue),
    move(to) {
      const transfer = channelTransfer(statistics, to);
      const hue = hueMap(transfer.scale[0], transfer.offset[0]);
      const saturation = transferMap(transfer, 1);
      const value = transferMap(transfer, 2);
      for (let i = 0; i + 2 < data.length; i += 3) {
        data[i] = hue[data[i]];
        data[i + 1] = saturation[data[i + 1]];
        data[i + 2] = value[data[i + 2]];
      }
      hsvToRgb(data, data);
      return data;
    },
  };
};

/** Hue is an angle: it wraps at 180, where the original clips at 255. */
function hueMap(scale: number, offset: number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, v) => {
    const hue = Math.trunc(v * scale + offset) % 180;
    return hue < 0 ? hue + 180 : hue;
  });
}

const hed: Convert = (rgb) => {
  const statistics = measureHed(rgb);
  return {
    statistics,
    tissue: tissueShare(rgb, tissue),
    move: (to) => moveHed(rgb, channelTransfer(statistics, to)),
  };
};

export const colourSpaces: { readonly [space in "lab" | "hsv" | "hed"]: Convert } = { lab, hsv, hed };
