import type { ForwardContext } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import type { Encoder } from "../encoders/encoder.js";
import { convNormRelu } from "../layers/conv-norm-relu.js";
import { convolution } from "../layers/convolution.js";
import { glorotUniform } from "../layers/initializers.js";
import type { Layer } from "../layers/layer.js";
import type { ParameterStore } from "../layers/parameter-store.js";

/** @returns (b,h,w,c) at the input's size, c the last of the decoder's channels. */
export type Decoder = (features: readonly tfc.Tensor4D[], context: ForwardContext) => tfc.Tensor4D;

/**
 * The expanding half of a U-Net (Ronneberger et al., 2015): five times nearest-neighbour ×2, the encoder's feature of
 * that size behind it (none at full size), and two 3×3 convolutions.
 * @param channels Of the five blocks, from stride 16 to 1.
 */
export function unetDecoder(
  store: ParameterStore,
  name: string,
  encoder: Encoder,
  channels: readonly number[],
): Decoder {
  const [deepest, ...skips] = [...encoder.channels].reverse();
  const blocks = channels.map((outputs, index) => {
    const inputs = (channels[index - 1] ?? deepest) + (skips[index] ?? 0);
    const first = convNormRelu(store, `${name}.blocks.${index}.conv1`, { inputs, outputs });
    const second = convNormRelu(store, `${name}.blocks.${index}.conv2`, { inputs: outputs, outputs });
    const block: Layer = (x, context) => second(first(x, context), context);
    return block;
  });
  const { ops } = store.engine;
  return (features, context) => {
    const [bottom, ...skipped] = [...features].reverse();
    return blocks.reduce((x, block, index) => block(ops.upsample2Concat(x, skipped[index]), context), bottom);
  };
}

/** A 3×3 convolution with bias, as all heads are. Parameters: `NAME.0.weight`, `NAME.0.bias`. */
export function outputHead(store: ParameterStore, name: string, inputs: number, outputs: number): Layer {
  return convolution(store, `${name}.0`, { kernel: 3, inputs, outputs }, { initial: glorotUniform, bias: true });
}
