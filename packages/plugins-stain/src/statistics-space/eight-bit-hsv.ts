import { channelHistograms, statisticsOf } from "../colour/channel-histograms.js";
import { channelTransfer, transferMap } from "../colour/channel-transfer.js";
import { hsvToRgb, rgbToHsv } from "../colour/hsv.js";
import { takeImage } from "../kernels/image-pool.js";
import { ordinaryTissue, tissueShare } from "../separation/tissue.js";
import type { Convert } from "./converted-picture.js";

export const eightBitHsv: Convert = ({ width, height, data: rgb }) => {
  const made = takeImage(width, height);
  const { data } = made;
  rgbToHsv(rgb, data);
  const statistics = statisticsOf(channelHistograms(data));
  return {
    statistics,
    tissue: tissueShare(rgb, ordinaryTissue),
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
      return made;
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
