import type { Logger } from "@eosin/plugin-api";
import type { NetworkFactory } from "@eosin/plugin-api/learning";
import type { ChosenEncoder } from "../chosen-encoder.js";
import { segmentationNetwork } from "../segmentation-network.js";
import { decoderChannels, outputHead, toImageSize, unetDecoder } from "../unet-decoder.js";
import type { UnetOptions } from "./options.js";

/** One encoder, one decoder, one logit a pixel, and with `imageLevelHead` one of the patch. */
export function createUnet(chosen: ChosenEncoder, options: UnetOptions, log?: Logger): NetworkFactory {
  const { factory } = chosen;
  const channels = decoderChannels(factory, options);
  return segmentationNetwork(
    chosen,
    options,
    {
      name: "U-Net",
      decoder(builder) {
        const decode = unetDecoder(builder, "decoder", factory.traits, channels);
        const head = outputHead(builder, "segmentation_head", channels[channels.length - 1], 1);
        const enlarge = toImageSize(builder.engine, options.outputStride);
        return (features, context) => enlarge(head(decode(features, context), context));
      },
    },
    log,
  );
}
