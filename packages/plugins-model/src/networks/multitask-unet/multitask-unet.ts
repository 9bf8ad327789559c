import type { Logger } from "@eosin/plugin-api";
import type { Network, NetworkFactory } from "@eosin/plugin-api/learning";
import { buildEncoder } from "../../encoders/build-encoder.js";
import { encoderDefaults } from "../../encoders/encoder-names.js";
import { convolution } from "../../layers/convolution.js";
import { glorotUniform } from "../../layers/initializers.js";
import { ParameterStore } from "../../layers/parameter-store.js";
import { withInitialWeights } from "../initial-weights.js";
import { outputHead, unetDecoder } from "../unet-decoder.js";
import type { MultitaskUnetOptions } from "./options.js";
import { reconstructionOf } from "./reconstruction.js";
import { stainProduct } from "./stain-product.js";

const STRIDE = 32;

/**
 * The multi-task network of Kim et al. (2025), figure 1: one encoder, a decoder for the stain vectors and one for the
 * densities, and a mask head that sees nothing but those two.
 *
 * Outputs beside those of every stain-separating network: `reconstructionTarget` (b,h,w,3) where `reconstruct` is `od`
 * (else the target is the input), and `imageLevel` (b,1,1,1), a logit, with `imageLevelHead`.
 */
export function createMultitaskUnet(options: MultitaskUnetOptions, log?: Logger): NetworkFactory {
  const defaults = encoderDefaults(options.encoder);
  return {
    title: `multi-task U-Net, ${defaults.title}`,
    traits: {
      stride: STRIDE,
      outputs: [
        "mask",
        "vector",
        "density",
        "reconstruction",
        ...(options.reconstruct === "od" ? ["reconstructionTarget"] : []),
        ...(options.imageLevelHead ? ["imageLevel"] : []),
      ],
      stains: options.stains,
    },
    async build(engine, rng) {
      const { tf, ops } = engine;
      const { stains } = options;
      const store = new ParameterStore(engine, rng);
      const encoder = await buildEncoder(store, options.encoder, options.dropConnect ?? defaults.dropConnect);
      const channels = options.decoderChannels ?? defaults.decoderChannels;
      const width = channels[channels.length - 1];
      const vectorDecoder = unetDecoder(store, "stain_vec_decoder", encoder, channels);
      const vectorHead = outputHead(store, "stain_vec_head", width, stains * 3);
      const densityDecoder = unetDecoder(store, "stain_den_decoder", encoder, channels);
      const densityHead = outputHead(store, "stain_den_head", width, stains);
      const maskHead = outputHead(store, "mask_head", stains * 4, 1);
      const imageLevelHead = options.imageLevelHead
        ? convolution(
            store,
            "image_level_head",
            { kernel: 1, inputs: stains * 4, outputs: 1 },
            { initial: glorotUniform, bias: true },
          )
        : undefined;
      const product = stainProduct(engine, stains);
      const reconstruction = reconstructionOf(engine, options.reconstruct);
      const { bound } = reconstruction;
      const network: Network = {
        parameters: store.parameters,
        stride: STRIDE,
        separatesStains: true,
        forward(image, context) {
          const features = encoder.features(image, context);
          const vector = vectorHead(vectorDecoder(features, context), context);
          const density = densityHead(densityDecoder(features, context), context);
          const separated = tf.concat([vector, density], 3);
          return {
            mask: maskHead(separated, context),
            vector,
            density,
            reconstruction: tf.clipByValue(product.multiply(vector, density), -bound, bound),
            ...(reconstruction.target && { reconstructionTarget: reconstruction.target(image) }),
            ...(imageLevelHead && { imageLevel: imageLevelHead(ops.globalMean(separated), context) }),
          };
        },
        dispose() {
          store.dispose();
          product.dispose();
          reconstruction.dispose();
        },
      };
      return withInitialWeights(engine, network, options, log);
    },
  };
}
