import type { Logger } from "@eosin/plugin-api";
import type { NetworkFactory } from "@eosin/plugin-api/learning";
import type { ChosenEncoder } from "../chosen-encoder.js";
import { areHalvings, requireStrides } from "../encoder-strides.js";
import { segmentationNetwork } from "../segmentation-network.js";
import { decoderChannels, outputHead, toImageSize } from "../unet-decoder.js";
import { nestedDecoder } from "./nested-decoder.js";
import type { UnetPlusPlusOptions } from "./options.js";

/**
 * U-Net++ (Zhou et al., DLMIA 2018) as segmentation_models_pytorch has it, with its parameter names: one logit a pixel from
 * the last node, without the paper's deep supervision.
 * @throws EosinError `DECODER_MISMATCH` where the encoder lacks a feature at one of the strides 2, 4, 8, …, or the decoder's
 * channels are not as many as its blocks.
 */
export function createUnetPlusPlus(chosen: ChosenEncoder, options: UnetPlusPlusOptions, log?: Logger): NetworkFactory {
  const { factory } = chosen;
  requireStrides(
    factory,
    "a feature at each of the strides 2, 4, 8, …",
    (strides) => strides[0] === 2 && areHalvings(strides),
  );
  const channels = decoderChannels(factory, options);
  return segmentationNetwork(
    chosen,
    options,
    {
      name: "U-Net++",
      decoder(builder) {
        const decode = nestedDecoder(builder, "decoder", factory.traits, channels);
        const head = outputHead(builder, "segmentation_head", channels[channels.length - 1], 1);
        const enlarge = toImageSize(builder.engine, options.outputStride);
        return (features, context) => enlarge(head(decode(features, context), context));
      },
    },
    log,
  );
}
