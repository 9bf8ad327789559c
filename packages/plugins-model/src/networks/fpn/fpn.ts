import type { Logger } from "@eosin/plugin-api";
import type { NetworkFactory, ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { convolution } from "../../layers/convolution.js";
import { dropout } from "../../layers/dropout.js";
import { groupNormRelu } from "../../layers/group-norm-relu.js";
import { heUniform } from "../../layers/initializers.js";
import type { Layer } from "../../layers/layer.js";
import type { ChosenEncoder } from "../chosen-encoder.js";
import { areHalvings, requireStrides } from "../encoder-strides.js";
import { type MaskDecoder, segmentationNetwork } from "../segmentation-network.js";
import { outputHead } from "../unet-decoder.js";
import { type FpnOptions, GROUPS } from "./options.js";

/** Features that the pyramid is of. */
const LEVELS = 4;

/**
 * The semantic branch of panoptic feature pyramid networks (Kirillov et al., CVPR 2019, section 3.1) over the pyramid of Lin
 * et al. (2017), as segmentation_models_pytorch has it, with its parameter names: a 1×1 convolution of each of the four
 * deepest features; from the deepest on, nearest-neighbour ×2 and a sum; of each level 3×3 convolutions with group
 * normalisation and ReLU, and bilinear ×2 (aligned corners) until all are as large as the finest; their sum, dropout of
 * channels, a 1×1 head, and bilinear enlargement (aligned corners) to the image's size. Unlike Lin et al. there is no 3×3
 * convolution behind the pyramid's sums.
 * @throws EosinError `DECODER_MISMATCH` where the encoder's four deepest features are not each of half the size.
 */
export function createFpn(chosen: ChosenEncoder, options: FpnOptions, log?: Logger): NetworkFactory {
  const { factory } = chosen;
  const expected = "four features or more, of which the four deepest are each of half the size of the one before";
  requireStrides(factory, expected, (strides) => strides.length >= LEVELS && areHalvings(strides.slice(-LEVELS)));
  const { strides, channels } = factory.traits;
  return segmentationNetwork(
    chosen,
    options,
    {
      name: "FPN",
      decoder: (builder) => fpnDecoder(builder, channels.slice(-LEVELS), strides[strides.length - LEVELS], options),
    },
    log,
  );
}

/** @param channels Of the features, the finest first. @param stride Of the finest. */
function fpnDecoder(
  builder: ParameterBuilder,
  channels: readonly number[],
  stride: number,
  { pyramidChannels, segmentationChannels, dropout: probability }: FpnOptions,
): MaskDecoder {
  const { tf, ops } = builder.engine;
  const lateral = (name: string, inputs: number) => {
    const shape = { kernel: 1, inputs, outputs: pyramidChannels };
    return convolution(builder, `decoder.${name}`, shape, { initial: heUniform, bias: true });
  };
  const coarsestFirst = [...channels].reverse();
  const laterals = coarsestFirst.map((inputs, index) =>
    lateral(index === 0 ? "p5" : `p${5 - index}.skip_conv`, inputs),
  );
  const blocks = coarsestFirst.map((_, index) => {
    const shape = { inputs: pyramidChannels, outputs: segmentationChannels, doublings: LEVELS - 1 - index };
    return segmentationBlock(builder, `decoder.seg_blocks.${index}`, shape);
  });
  const drop = dropout(builder, "decoder", probability, "channels");
  const head = outputHead(builder, "segmentation_head", segmentationChannels, 1, 1);
  return (features, context) => {
    const deepest = features.length - 1;
    let level: tfc.Tensor4D | undefined;
    let sum: tfc.Tensor4D | undefined;
    for (const [index, block] of blocks.entries()) {
      const own = laterals[index](features[deepest - index], context);
      level = level ? tf.add<tfc.Tensor4D>(ops.upsample2Concat(level), own) : own;
      const segmented = block(level, context);
      sum = sum ? tf.add<tfc.Tensor4D>(sum, segmented) : segmented;
    }
    const logits = head(drop(sum as tfc.Tensor4D, context), context);
    return stride === 1 ? logits : ops.upsampleBilinear(logits, stride, { alignCorners: true });
  };
}

/** As many convolutions as the size is doubled, but one at least. Parameters: `NAME.block.N.block.0.…` and `.1.…`. */
function segmentationBlock(
  builder: ParameterBuilder,
  name: string,
  { inputs, outputs, doublings }: { inputs: number; outputs: number; doublings: number },
): Layer {
  const { ops } = builder.engine;
  const layers = Array.from({ length: Math.max(1, doublings) }, (_, index): Layer => {
    const part = `${name}.block.${index}.block`;
    const shape = { kernel: 3, inputs: index === 0 ? inputs : outputs, outputs };
    const convolve = convolution(builder, `${part}.0`, shape, { initial: heUniform });
    const normalize = groupNormRelu(builder, `${part}.1`, outputs, GROUPS);
    return (x, context) => {
      const y = normalize(convolve(x, context), context);
      return doublings === 0 ? y : ops.upsampleBilinear(y, 2, { alignCorners: true });
    };
  });
  return (x, context) => layers.reduce((y, layer) => layer(y, context), x);
}
