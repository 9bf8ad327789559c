import { channelTransfer } from "../colour/channel-transfer.js";
import { measureHed, moveHed } from "../colour/hed.js";
import { ordinaryTissue, tissueShare } from "../separation/tissue.js";
import type { Convert } from "./converted-picture.js";

export const hed: Convert = (image) => {
  const statistics = measureHed(image.data);
  return {
    statistics,
    tissue: tissueShare(image.data, ordinaryTissue),
    move: (to) => moveHed(image, channelTransfer(statistics, to)),
  };
};
