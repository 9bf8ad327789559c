import {
  type ChannelNormalization,
  type Encoder,
  type EncoderFactory,
  type EncoderTraits,
  imagenetNormalization,
  type ParameterBuilder,
} from "@eosin/plugin-api/learning";
import { batchNormalization } from "../../layers/batch-normalization.js";
import { convolution } from "../../layers/convolution.js";
import { constant, fanOutNormal } from "../../layers/initializers.js";
import { publishedWeightsOf } from "../../weights/published-weights-of.js";
import { encoderNormalization, mbConvBlock } from "./mb-conv-block.js";
import type { EfficientnetOptions } from "./options.js";
import { ownNames } from "./own-names.js";
import { type Variant, variantOf } from "./variants.js";

/** (x − 127) / 128 of an 8-bit x: what the Lite variants were trained on. */
const liteNormalization: ChannelNormalization = {
  mean: [127 / 255, 127 / 255, 127 / 255],
  deviation: [128 / 255, 128 / 255, 128 / 255],
};

/** EfficientNet (Tan & Le, ICML 2019), or EfficientNet-Lite (Liu, 2020), without its classifier. */
export function createEfficientnet(options: EfficientnetOptions): EncoderFactory {
  const { variant: name, dropConnect, pretrained } = options;
  const variant = variantOf(name);
  return {
    title: `EfficientNet-${name[0].toUpperCase()}${name.slice(1)}`,
    traits: traitsOf(variant),
    initialWeights: publishedWeightsOf(`efficientnet-${name}`, pretrained),
    rebuildOptions: { ...options, pretrained: "none" },
    ownNames,
    build: (builder) => buildEfficientnet(builder, variant, dropConnect),
  };
}

function traitsOf({ stem, blocks, featureAfter, activation }: Variant): EncoderTraits {
  return {
    strides: [2, 4, 8, 16, 32],
    channels: featureAfter.map((count) => (count === 0 ? stem.outputs : blocks[count - 1].outputs)),
    normalization: activation === "silu" ? imagenetNormalization : liteNormalization,
    decoderChannels: [256, 128, 64, 32, 16],
  };
}

/** @param dropConnect Of the last block; it grows linearly with the block's index from 0. */
function buildEfficientnet(builder: ParameterBuilder, variant: Variant, dropConnect: number): Encoder {
  const { stem, blocks, featureAfter, head, activation } = variant;
  const stemShape = { kernel: 3, inputs: 3, outputs: stem.outputs, stride: 2, padding: stem.padding };
  const stemConvolution = convolution(builder, "_conv_stem", stemShape, { initial: fanOutNormal });
  const stemNorm = batchNormalization(builder, "_bn0", stem.outputs, encoderNormalization, activation);
  const layers = blocks.map((block, index) =>
    mbConvBlock(builder, `_blocks.${index}`, block, activation, (dropConnect * index) / blocks.length),
  );
  addUnusedHead(builder, blocks[blocks.length - 1].outputs, head);
  return {
    features(image, context) {
      let x = stemNorm(stemConvolution(image, context), context);
      const features = featureAfter.includes(0) ? [x] : [];
      layers.forEach((layer, index) => {
        x = layer(x, context);
        if (featureAfter.includes(index + 1)) features.push(x);
      });
      return features;
    },
  };
}

/** The classifier's convolution, which weight files hold and a U-Net never runs: kept so that files stay complete. */
function addUnusedHead(builder: ParameterBuilder, inputs: number, outputs: number): void {
  const filter = { shape: [1, 1, inputs, outputs], layout: "conv", initial: fanOutNormal, trainable: false } as const;
  builder.add("_conv_head.weight", filter);
  const statistic = (value: number) => ({ shape: [outputs], initial: constant(value), trainable: false });
  builder.add("_bn1.weight", statistic(1));
  builder.add("_bn1.bias", statistic(0));
  builder.add("_bn1.running_mean", statistic(0));
  builder.add("_bn1.running_var", statistic(1));
}
