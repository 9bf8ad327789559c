import type { Logger } from "@eosin/plugin-api";
import type { EncoderTraits, NetworkFactory, ParameterBuilder } from "@eosin/plugin-api/learning";
import { convNormRelu } from "../../layers/conv-norm-relu.js";
import type { ChosenEncoder } from "../chosen-encoder.js";
import { requireStrides, strideOf } from "../encoder-strides.js";
import { type MaskDecoder, segmentationNetwork } from "../segmentation-network.js";
import { outputHead } from "../unet-decoder.js";
import { atrousPyramid } from "./atrous-pyramid.js";
import type { Deeplabv3PlusOptions } from "./options.js";
import { normRelu, separableConvolution } from "./separable-convolution.js";

/** Where the decoder works, and its skip connection is. */
const STRIDE = 4;

/** Of the skip connection, so that it does not outweigh the pyramid (Chen et al., 2018, section 4.1). */
const SKIP_CHANNELS = 48;

/**
 * DeepLabv3+ (Chen et al., ECCV 2018) as segmentation_models_pytorch has it, with its parameter names: an atrous spatial
 * pyramid over the deepest feature, bilinear enlargement (aligned corners) to stride 4, the encoder's feature of stride 4
 * reduced to 48 channels behind it, one separable 3×3 convolution (the paper's decoder has two plain ones), a 1×1 head,
 * and bilinear enlargement ×4 (aligned corners).
 *
 * The pyramid sees the deepest feature as the encoder gives it. The paper's encoders have it at stride 16 or 8: dilation
 * takes the place of their last strides. Most encoders here end at stride 32, where the default rates are half as large, so
 * that they reach as far in the image; `model/resnet` has an option for stride 16.
 * @throws EosinError `DECODER_MISMATCH` where the encoder has no feature of stride 4, or none behind it.
 */
export function createDeeplabv3Plus(
  chosen: ChosenEncoder,
  options: Deeplabv3PlusOptions,
  log?: Logger,
): NetworkFactory {
  const { factory } = chosen;
  requireStrides(
    factory,
    `a feature at stride ${STRIDE}, and a deeper one`,
    (strides) => strides.includes(STRIDE) && strides[strides.length - 1] > STRIDE,
  );
  return segmentationNetwork(
    chosen,
    options,
    { name: "DeepLabv3+", decoder: (builder) => deeplabDecoder(builder, factory.traits, options) },
    log,
  );
}

function deeplabDecoder(
  builder: ParameterBuilder,
  traits: EncoderTraits,
  { atrousRates, channels, separable, dropout }: Deeplabv3PlusOptions,
): MaskDecoder {
  const { tf, ops } = builder.engine;
  const deepest = traits.strides.length - 1;
  const skip = traits.strides.indexOf(STRIDE);
  const stride = strideOf(traits);
  const rates = atrousRates ?? usualRates(stride);
  const inputs = traits.channels[deepest];
  const pyramid = atrousPyramid(builder, "decoder.aspp.0", { inputs, channels, rates, separable, dropout });
  const smooth = separableConvolution(builder, "decoder.aspp.1", { inputs: channels, outputs: channels });
  const smoothNorm = normRelu(builder, "decoder.aspp.2", channels);
  const reduced = { kernel: 1, inputs: traits.channels[skip], outputs: SKIP_CHANNELS };
  const reduce = convNormRelu(builder, "decoder.block1", reduced);
  const fuse = separableConvolution(builder, "decoder.block2.0", {
    inputs: channels + SKIP_CHANNELS,
    outputs: channels,
  });
  const fuseNorm = normRelu(builder, "decoder.block2.1", channels);
  const head = outputHead(builder, "segmentation_head", channels, 1, 1);
  return (features, context) => {
    const coarse = smoothNorm(smooth(pyramid(features[deepest], context), context), context);
    const enlarged = ops.upsampleBilinear(coarse, stride / STRIDE, { alignCorners: true });
    const both = tf.concat4d([enlarged, reduce(features[skip], context)], 3);
    const logits = head(fuseNorm(fuse(both, context), context), context);
    return ops.upsampleBilinear(logits, STRIDE, { alignCorners: true });
  };
}

/** The paper's at strides 16 and 8; elsewhere those that reach as far in the image. */
function usualRates(stride: number): readonly number[] {
  return [1, 2, 3].map((times) => Math.max(1, Math.round((96 / stride) * times)));
}
