import { channelTransfer } from "../colour/channel-transfer.js";
import { measureFloatLab, moveFloatLab } from "../colour/float-lab.js";
import { ordinaryTissue, tissueShare } from "../separation/tissue.js";
import type { Convert } from "./converted-picture.js";

export const realLab: Convert = (image) => {
  const statistics = measureFloatLab(image.data);
  return {
    statistics,
    tissue: tissueShare(image.data, ordinaryTissue),
    move: (to) => moveFloatLab(image, channelTransfer(statistics, to)),
  };
};
