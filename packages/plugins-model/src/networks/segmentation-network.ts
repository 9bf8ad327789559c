import type { Logger } from "@eosin/plugin-api";
import type { ForwardContext, Network, NetworkFactory, ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { ParameterStore } from "../layers/parameter-store.js";
import type { ChosenEncoder } from "./chosen-encoder.js";
import type { HeadOptions } from "./encoder-options.js";
import { strideOf } from "./encoder-strides.js";
import { imageLevelHead } from "./image-level-head.js";
import { ENCODER, withInitialWeights } from "./initial-weights.js";

/** From an encoder's features, the finest first, to one logit a pixel of the image: (b,h,w,1). */
export type MaskDecoder = (features: readonly tfc.Tensor4D[], context: ForwardContext) => tfc.Tensor4D;

/** What an architecture puts on its encoder. */
export interface SegmentationArchitecture {
  /** e.g. `U-Net` */
  readonly name: string;
  /** Makes the decoder's parameters and those of its head, in an order that is always the same. */
  decoder(builder: ParameterBuilder): MaskDecoder;
}

/** A network of one encoder, one decoder and one logit a pixel, and with `imageLevelHead` one of the patch. */
export function segmentationNetwork(
  chosen: ChosenEncoder,
  { imageLevelHead: asked }: HeadOptions,
  { name, decoder }: SegmentationArchitecture,
  log?: Logger,
): NetworkFactory {
  const { factory, initialWeights, rebuildOptions } = chosen;
  const { traits } = factory;
  const stride = strideOf(traits);
  return {
    title: `${name}, ${factory.title}`,
    traits: { stride, outputs: ["mask", ...(asked ? ["imageLevel"] : [])] },
    initialWeights,
    rebuildOptions,
    async build(engine, rng) {
      const store = new ParameterStore(engine, rng);
      const encoder = await factory.build(store.under(ENCODER));
      const maskOf = decoder(store);
      const present = asked ? imageLevelHead(store, traits.channels[traits.channels.length - 1]) : undefined;
      const network: Network = {
        parameters: store.parameters,
        stride,
        separatesStains: false,
        normalization: traits.normalization,
        forward(image, context) {
          const features = encoder.features(image, context);
          return {
            mask: maskOf(features, context),
            ...(present && { imageLevel: present(features[features.length - 1], context) }),
          };
        },
        dispose: () => store.dispose(),
      };
      return withInitialWeights(engine, network, chosen, log);
    },
  };
}
