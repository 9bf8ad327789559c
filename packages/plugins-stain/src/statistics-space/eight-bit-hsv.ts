import { takeImage } from "@eosin/pictures/image-pool";
import type { ByteMap } from "../colour-spaces/byte-map.js";
import { HUES, hsvToRgb, rgbToHsv } from "../colour-spaces/hsv.js";
import { ordinaryTissue, tissueShare } from "../estimation/tissue.js";
import { channelTransfer, transferMap } from "../statistics/channel-transfer.js";
import type { Convert } from "./converted-picture.js";

export const eightBitHsv: Convert = ({ width, height, data: rgb }) => {
  const made = takeImage(width, height);
  const { data } = made;
  const statistics = rgbToHsv(rgb, data);
  return {
    statistics,
    tissue: tissueShare(rgb, ordinaryTissue),
    move(to) {
      const transfer = channelTransfer(statistics, to);
      const hue = hueMap(transfer.scale[0], transfer.offset[0]);
      hsvToRgb(data, data, [hue, transferMap(transfer, 1), transferMap(transfer, 2)]);
      return made;
    },
  };
};

/** Hue is an angle: it wraps at 180, where the original clips at 255. */
function hueMap(scale: number, offset: number): ByteMap {
  return Uint8Array.from({ length: 256 }, (_, v) => {
    const hue = Math.trunc(v * scale + offset) % HUES;
    return hue < 0 ? hue + HUES : hue;
  });
}
