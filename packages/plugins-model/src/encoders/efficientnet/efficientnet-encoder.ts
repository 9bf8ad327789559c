import { batchNormalization } from "../../layers/batch-normalization.js";
import { convolution } from "../../layers/convolution.js";
import { constant, fanOutNormal } from "../../layers/initializers.js";
import type { ParameterStore } from "../../layers/parameter-store.js";
import type { Encoder } from "../encoder.js";
import type { EfficientNetName } from "../encoder-names.js";
import { encoderNormalization, mbConvBlock } from "./mb-conv-block.js";
import { variantOf } from "./variants.js";

/**
 * EfficientNet (Tan & Le, ICML 2019) without its classifier.
 * @param dropConnectRate Of the last block; it grows linearly with the block's index from 0.
 */
export function buildEfficientNet(store: ParameterStore, name: EfficientNetName, dropConnectRate: number): Encoder {
  const { stem, blocks, featureAfter, head } = variantOf(name);
  const stemShape = { kernel: 3, inputs: 3, outputs: stem.outputs, stride: 2, padding: stem.padding };
  const stemConvolution = convolution(store, "encoder._conv_stem", stemShape, { initial: fanOutNormal });
  const stemNorm = batchNormalization(store, "encoder._bn0", stem.outputs, encoderNormalization, "silu");
  const layers = blocks.map((block, index) =>
    mbConvBlock(store, `encoder._blocks.${index}`, block, (dropConnectRate * index) / blocks.length),
  );
  addUnusedHead(store, blocks[blocks.length - 1].outputs, head);
  return {
    channels: [stem.outputs, ...featureAfter.map((count) => blocks[count - 1].outputs)],
    features(image, context) {
      let x = stemNorm(stemConvolution(image, context), context);
      const features = [x];
      layers.forEach((layer, index) => {
        x = layer(x, context);
        if (featureAfter.includes(index + 1)) features.push(x);
      });
      return features;
    },
  };
}

/** The classifier's convolution, which weight files hold and a U-Net never runs: kept so that files stay complete. */
function addUnusedHead(store: ParameterStore, inputs: number, outputs: number): void {
  const filter = { shape: [1, 1, inputs, outputs], layout: "conv", initial: fanOutNormal, trainable: false } as const;
  store.add("encoder._conv_head.weight", filter);
  const statistic = (value: number) => ({ shape: [outputs], initial: constant(value), trainable: false });
  store.add("encoder._bn1.weight", statistic(1));
  store.add("encoder._bn1.bias", statistic(0));
  store.add("encoder._bn1.running_mean", statistic(0));
  store.add("encoder._bn1.running_var", statistic(1));
}
