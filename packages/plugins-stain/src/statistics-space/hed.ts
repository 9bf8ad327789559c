import { channelTransfer } from "../colour/channel-transfer.js";
import { measureHed, moveHed } from "../colour/hed.js";
import { ordinaryTissue, tissueShare } from "../separation/tissue.js";
import type { Convert } from "./converted-picture.js";

export const hed: Convert = (rgb) => {
  const statistics = measureHed(rgb);
  return {
    statistics,
    tissue: tissueShare(rgb, ordinaryTissue),
    move: (to) => moveHed(rgb, channelTransfer(statistics, to)),
  };
};
