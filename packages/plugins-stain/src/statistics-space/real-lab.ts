import { measureFloatLab, moveFloatLab } from "../colour-spaces/float-lab.js";
import { ordinaryTissue, tissueShare } from "../estimation/tissue.js";
import { channelTransfer } from "../statistics/channel-transfer.js";
import type { Convert } from "./converted-picture.js";

export const realLab: Convert = (image) => {
  const statistics = measureFloatLab(image.data);
  return {
    statistics,
    tissue: tissueShare(image.data, ordinaryTissue),
    move: (to) => moveFloatLab(image, channelTransfer(statistics, to)),
  };
};
