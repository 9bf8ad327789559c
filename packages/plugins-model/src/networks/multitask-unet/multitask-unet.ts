import type { Logger } from "@eosin/plugin-api";
import type { Network, NetworkFactory } from "@eosin/plugin-api/learning";
import { ParameterStore } from "../../layers/parameter-store.js";
import type { ChosenEncoder } from "../chosen-encoder.js";
import { strideOf } from "../encoder-strides.js";
import { imageLevelHead } from "../image-level-head.js";
import { ENCODER, withInitialWeights } from "../initial-weights.js";
import { decoderChannels, outputHead, toImageSize, unetDecoder } from "../unet-decoder.js";
import type { MultitaskUnetOptions } from "./options.js";
import { reconstructionOf } from "./reconstruction.js";
import { stainProduct } from "./stain-product.js";

/**
 * The multi-task network of Kim et al. (2025), figure 1: one encoder, a decoder for the stain vectors and one for the
 * densities, and a mask head that sees nothing but those two.
 *
 * With an output stride above 1 the decoders and the mask head stay at that size, and vectors, densities and the mask are
 * enlarged bilinearly; the reconstruction is the product of the enlarged ones, so it lacks the finest details.
 *
 * Outputs beside those of every stain-separating network: `reconstructionTarget` (b,h,w,3) where `reconstruct` is `od`
 * (else the target is the input), and `imageLevel` (b,1,1,1), a logit, with `imageLevelHead`.
 */
export function createMultitaskUnet(
  chosen: ChosenEncoder,
  options: MultitaskUnetOptions,
  log?: Logger,
): NetworkFactory {
  const { factory, initialWeights, rebuildOptions } = chosen;
  const { traits } = factory;
  const stride = strideOf(traits);
  const channels = decoderChannels(factory, options);
  return {
    title: `multi-task U-Net, ${factory.title}`,
    initialWeights,
    rebuildOptions,
    traits: {
      stride,
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
      const { tf } = engine;
      const { stains } = options;
      const store = new ParameterStore(engine, rng);
      const encoder = await factory.build(store.under(ENCODER));
      const width = channels[channels.length - 1];
      const vectorDecoder = unetDecoder(store, "stain_vec_decoder", traits, channels);
      const vectorHead = outputHead(store, "stain_vec_head", width, stains * 3);
      const densityDecoder = unetDecoder(store, "stain_den_decoder", traits, channels);
      const densityHead = outputHead(store, "stain_den_head", width, stains);
      const maskHead = outputHead(store, "mask_head", stains * 4, 1);
      const present = options.imageLevelHead ? imageLevelHead(store, stains * 4) : undefined;
      const product = stainProduct(engine, stains);
      const reconstruction = reconstructionOf(engine, options.reconstruct, traits.normalization);
      const { bound } = reconstruction;
      const enlarge = toImageSize(engine, options.outputStride);
      const network: Network = {
        parameters: store.parameters,
        stride,
        separatesStains: true,
        normalization: traits.normalization,
        forward(image, context) {
          const features = encoder.features(image, context);
          const coarseVector = vectorHead(vectorDecoder(features, context), context);
          const coarseDensity = densityHead(densityDecoder(features, context), context);
          const separated = tf.concat([coarseVector, coarseDensity], 3);
          const [vector, density] = [coarseVector, coarseDensity].map(enlarge);
          return {
            mask: enlarge(maskHead(separated, context)),
            vector,
            density,
            reconstruction: tf.clipByValue(product.multiply(vector, density), -bound, bound),
            ...(reconstruction.target && { reconstructionTarget: reconstruction.target(image) }),
            ...(present && { imageLevel: present(separated, context) }),
          };
        },
        dispose() {
          store.dispose();
          product.dispose();
          reconstruction.dispose();
        },
      };
      return withInitialWeights(engine, network, chosen, log);
    },
  };
}
