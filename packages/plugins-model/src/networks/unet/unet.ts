import type { Logger } from "@eosin/plugin-api";
import type { Network, NetworkFactory } from "@eosin/plugin-api/learning";
import { buildEncoder } from "../../encoders/build-encoder.js";
import { encoderDefaults } from "../../encoders/encoder-names.js";
import { ParameterStore } from "../../layers/parameter-store.js";
import { withInitialWeights } from "../initial-weights.js";
import { outputHead, unetDecoder } from "../unet-decoder.js";
import type { UnetOptions } from "./options.js";

const STRIDE = 32;

/** One encoder, one decoder, one logit a pixel. */
export function createUnet(options: UnetOptions, log?: Logger): NetworkFactory {
  const defaults = encoderDefaults(options.encoder);
  return {
    title: `U-Net, ${defaults.title}`,
    traits: { stride: STRIDE, outputs: ["mask"] },
    async build(engine, rng) {
      const store = new ParameterStore(engine, rng);
      const encoder = await buildEncoder(store, options.encoder, options.dropConnect ?? defaults.dropConnect);
      const channels = options.decoderChannels ?? defaults.decoderChannels;
      const decoder = unetDecoder(store, "decoder", encoder, channels);
      const head = outputHead(store, "segmentation_head", channels[channels.length - 1], 1);
      const network: Network = {
        parameters: store.parameters,
        stride: STRIDE,
        separatesStains: false,
        forward: (image, context) => ({ mask: head(decoder(encoder.features(image, context), context), context) }),
        dispose: () => store.dispose(),
      };
      return withInitialWeights(engine, network, options, log);
    },
  };
}
