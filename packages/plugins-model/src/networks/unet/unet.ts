import type { Logger } from "@eosin/plugin-api";
import type { Network, NetworkFactory } from "@eosin/plugin-api/learning";
import { ParameterStore } from "../../layers/parameter-store.js";
import type { ChosenEncoder } from "../chosen-encoder.js";
import { imageLevelHead } from "../image-level-head.js";
import { ENCODER, withInitialWeights } from "../initial-weights.js";
import { decoderChannels, outputHead, strideOf, toImageSize, unetDecoder } from "../unet-decoder.js";
import type { UnetOptions } from "./options.js";

/** One encoder, one decoder, one logit a pixel, and with `imageLevelHead` one of the patch. */
export function createUnet(chosen: ChosenEncoder, options: UnetOptions, log?: Logger): NetworkFactory {
  const { factory, initialWeights, rebuildOptions } = chosen;
  const { traits } = factory;
  const stride = strideOf(traits);
  const channels = decoderChannels(factory, options);
  return {
    title: `U-Net, ${factory.title}`,
    traits: { stride, outputs: ["mask", ...(options.imageLevelHead ? ["imageLevel"] : [])] },
    initialWeights,
    rebuildOptions,
    async build(engine, rng) {
      const store = new ParameterStore(engine, rng);
      const encoder = await factory.build(store.under(ENCODER));
      const decoder = unetDecoder(store, "decoder", traits, channels);
      const head = outputHead(store, "segmentation_head", channels[channels.length - 1], 1);
      const present = options.imageLevelHead
        ? imageLevelHead(store, traits.channels[traits.channels.length - 1])
        : undefined;
      const enlarge = toImageSize(engine, options.outputStride);
      const network: Network = {
        parameters: store.parameters,
        stride,
        separatesStains: false,
        normalization: traits.normalization,
        forward(image, context) {
          const features = encoder.features(image, context);
          return {
            mask: enlarge(head(decoder(features, context), context)),
            ...(present && { imageLevel: present(features[features.length - 1], context) }),
          };
        },
        dispose: () => store.dispose(),
      };
      return withInitialWeights(engine, network, chosen, log);
    },
  };
}
