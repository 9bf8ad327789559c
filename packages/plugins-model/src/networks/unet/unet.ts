import type { Logger } from "@eosin/plugin-api";
import type { Network, NetworkFactory } from "@eosin/plugin-api/learning";
import { ParameterStore } from "../../layers/parameter-store.js";
import type { ChosenEncoder } from "../chosen-encoder.js";
import { ENCODER, withInitialWeights } from "../initial-weights.js";
import { decoderChannels, outputHead, strideOf, toImageSize, unetDecoder } from "../unet-decoder.js";
import type { UnetOptions } from "./options.js";

/** One encoder, one decoder, one logit a pixel. */
export function createUnet(chosen: ChosenEncoder, options: UnetOptions, log?: Logger): NetworkFactory {
  const { factory, initialWeights, rebuildOptions } = chosen;
  const { traits } = factory;
  const stride = strideOf(traits);
  const channels = decoderChannels(factory, options);
  return {
    title: `U-Net, ${factory.title}`,
    traits: { stride, outputs: ["mask"] },
    initialWeights,
    rebuildOptions,
    async build(engine, rng) {
      const store = new ParameterStore(engine, rng);
      const encoder = await factory.build(store.under(ENCODER));
      const decoder = unetDecoder(store, "decoder", traits, channels);
      const head = outputHead(store, "segmentation_head", channels[channels.length - 1], 1);
      const enlarge = toImageSize(engine, options.outputStride);
      const network: Network = {
        parameters: store.parameters,
        stride,
        separatesStains: false,
        normalization: traits.normalization,
        forward(image, context) {
          const decoded = decoder(encoder.features(image, context), context);
          return { mask: enlarge(head(decoded, context)) };
        },
        dispose: () => store.dispose(),
      };
      return withInitialWeights(engine, network, chosen, log);
    },
  };
}
