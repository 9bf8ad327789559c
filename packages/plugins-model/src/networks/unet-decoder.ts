import { EosinError } from "@eosin/plugin-api";
import type {
  EncoderFactory,
  EncoderTraits,
  Engine,
  ForwardContext,
  ParameterBuilder,
} from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { convNormRelu } from "../layers/conv-norm-relu.js";
import { convolution } from "../layers/convolution.js";
import { glorotUniform } from "../layers/initializers.js";
import type { Layer } from "../layers/layer.js";
import type { BlockOptions } from "./encoder-options.js";
import { strideOf } from "./encoder-strides.js";

/** @returns (b,h,w,c) at the input's size divided by the output stride, c the last of the decoder's channels. */
export type Decoder = (features: readonly tfc.Tensor4D[], context: ForwardContext) => tfc.Tensor4D;

/**
 * The expanding half of a U-Net (Ronneberger et al., 2015): as often as there are channels, nearest-neighbour ×2, the encoder's
 * feature of that size behind it (where there is one), and two 3×3 convolutions.
 * @param channels Of the blocks, from half the deepest stride on: to the image's size, or to an output stride above 1.
 */
export function unetDecoder(
  builder: ParameterBuilder,
  name: string,
  traits: EncoderTraits,
  channels: readonly number[],
): Decoder {
  const deepest = traits.strides.length - 1;
  const skips = channels.map((_, index) => traits.strides.indexOf(traits.strides[deepest] / 2 ** (index + 1)));
  const blocks = channels.map((outputs, index) => {
    const inputs = (channels[index - 1] ?? traits.channels[deepest]) + (traits.channels[skips[index]] ?? 0);
    const first = convNormRelu(builder, `${name}.blocks.${index}.conv1`, { inputs, outputs });
    const second = convNormRelu(builder, `${name}.blocks.${index}.conv2`, { inputs: outputs, outputs });
    const block: Layer = (x, context) => second(first(x, context), context);
    return block;
  });
  const { ops } = builder.engine;
  return (features, context) =>
    blocks.reduce(
      (x, block, index) => block(ops.upsample2Concat(x, features[skips[index]]), context),
      features[deepest],
    );
}

const widest = [256, 128, 64, 32, 16];

/**
 * The channels of a decoder's blocks: those asked for, else what suits the encoder.
 * @param outputStride Where the decoder ends: so many of the image's pixels are one of its own, along each side.
 * @throws EosinError `DECODER_MISMATCH` where there are not as many as the encoder halves the image down to there, or none.
 */
export function decoderChannels(
  { title, traits }: EncoderFactory,
  { decoderChannels: asked, outputStride = 1 }: BlockOptions,
): readonly number[] {
  const stride = strideOf(traits);
  const [halvings, blocks] = [Math.log2(stride), Math.log2(stride / outputStride)];
  const mismatch = { code: "DECODER_MISMATCH", message: `The decoder does not fit the encoder ${title}.` } as const;
  if (blocks < 1) {
    const expected = `less than ${stride}, the encoder's stride`;
    throw new EosinError({ ...mismatch, place: "option outputStride", expected, found: String(outputStride) });
  }
  const last = widest[widest.length - 1];
  const suiting = traits.decoderChannels ?? Array.from({ length: halvings }, (_, index) => widest[index] ?? last);
  const channels = asked ?? suiting.slice(0, blocks + suiting.length - halvings);
  if (channels.length === blocks) return channels;
  throw new EosinError({
    ...mismatch,
    place: "option decoderChannels",
    expected: `${blocks} numbers, as the encoder halves the image ${halvings} times${outputStride === 1 ? "" : ` and outputStride is ${outputStride}`}`,
    found: channels.join(", "),
  });
}

/** From the decoder's output stride to the image's size, bilinearly; nothing where the decoder went all the way. */
export function toImageSize({ ops }: Engine, outputStride = 1): (x: tfc.Tensor4D) => tfc.Tensor4D {
  return outputStride === 1 ? (x) => x : (x) => ops.upsampleBilinear(x, outputStride);
}

/** A convolution with bias, as all heads are. Parameters: `NAME.0.weight`, `NAME.0.bias`. */
export function outputHead(
  builder: ParameterBuilder,
  name: string,
  inputs: number,
  outputs: number,
  kernel = 3,
): Layer {
  return convolution(builder, `${name}.0`, { kernel, inputs, outputs }, { initial: glorotUniform, bias: true });
}
