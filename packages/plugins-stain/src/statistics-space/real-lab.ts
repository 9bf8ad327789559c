import { channelTransfer } from "../colour/channel-transfer.js";
import { measureFloatLab, moveFloatLab } from "../colour/float-lab.js";
import { ordinaryTissue, tissueShare } from "../separation/tissue.js";
import type { Convert } from "./converted-picture.js";

export const realLab: Convert = (rgb) => {
  const statistics = measureFloatLab(rgb);
  return {
    statistics,
    tissue: tissueShare(rgb, ordinaryTissue),
    move: (to) => moveFloatLab(rgb, channelTransfer(statistics, to)),
  };
};
