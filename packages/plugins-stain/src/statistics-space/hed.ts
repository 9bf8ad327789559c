import { measureHed, moveHed } from "../colour-spaces/hed.js";
import { ordinaryTissue, tissueShare } from "../estimation/tissue.js";
import { channelTransfer } from "../statistics/channel-transfer.js";
import type { Convert } from "./converted-picture.js";

export const hed: Convert = (image) => {
  const statistics = measureHed(image.data);
  return {
    statistics,
    tissue: tissueShare(image.data, ordinaryTissue),
    move: (to) => moveHed(image, channelTransfer(statistics, to)),
  };
};
