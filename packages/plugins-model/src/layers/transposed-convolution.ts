import type { Initializer, ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { constant } from "./initializers.js";
import type { Layer } from "./layer.js";

/** Transposed convolution of 2 × 2 pixels and stride 2, with bias. Parameters: `NAME.weight`, `NAME.bias` (zeros at first). */
export function transposedConvolution(
  builder: ParameterBuilder,
  name: string,
  { inputs, outputs }: { inputs: number; outputs: number },
  initial: Initializer,
): Layer {
  // PyTorch stores (in,out,h,w): as a convolution from the outputs to the inputs.
  const shape = [2, 2, outputs, inputs];
  const filter = builder.add(`${name}.weight`, { shape, initial, layout: "conv" }) as tfc.Tensor4D;
  const bias = builder.add(`${name}.bias`, { shape: [outputs], initial: constant(0) }) as tfc.Tensor1D;
  const { ops } = builder.engine;
  return (x) => ops.convTranspose2d(x, filter, { stride: 2, bias });
}
