import type { ForwardContext, NetworkOutputs, ParameterBuilder, Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { stackedConvolutions } from "../layers/conv-instance-norm.js";
import { constant, heNormalLeaky } from "../layers/initializers.js";
import { transposedConvolution } from "../layers/transposed-convolution.js";
import type { Stages } from "./stages.js";

/** @param skips What the encoder's stages gave, from the image's size down. */
export type StagedDecoder = (skips: readonly tfc.Tensor4D[], context: ForwardContext) => NetworkOutputs;

/**
 * nnU-Net's decoder: at each stage a transposed convolution, the skip behind it, 3×3 convolutions, and a head of 1×1. Each
 * stage has a head, as dynamic_network_architectures has them; those whose output nobody gets are not trained.
 * Parameters: `decoder.transpconvs.K.…`, `decoder.stages.K.convs.…` and `decoder.seg_layers.K.…`, K from the deepest stage.
 */
export function stagedDecoder(
  builder: ParameterBuilder,
  { features, supervised }: Stages,
  convolutions: number,
): StagedDecoder {
  const { tf } = builder.engine;
  const scales = [1, ...supervised];
  const deepest = features.length - 1;
  const stages = Array.from({ length: deepest }, (_, index) => {
    const [inputs, outputs] = [features[deepest - index], features[deepest - index - 1]];
    const scale = 2 ** (deepest - index - 1);
    return {
      enlarge: transposedConvolution(builder, `decoder.transpconvs.${index}`, { inputs, outputs }, heNormalLeaky),
      merge: stackedConvolutions(builder, `decoder.stages.${index}.convs`, convolutions, {
        inputs: 2 * outputs,
        outputs,
      }),
      head: head(builder, `decoder.seg_layers.${index}`, outputs, scales.includes(scale)),
      output: scale === 1 ? "mask" : `mask/${scale}`,
    };
  });
  return (skips, context) => {
    const outputs: { [name: string]: tfc.Tensor } = {};
    let x = skips[deepest];
    stages.forEach(({ enlarge, merge, head, output }, index) => {
      x = merge(concatenated(tf, enlarge(x, context), skips[deepest - index - 1]), context);
      if (head) outputs[output] = head(x);
    });
    return outputs as NetworkOutputs;
  };
}

/** The channels of one behind those of the other. */
function concatenated(tf: Tf, x: tfc.Tensor4D, skip: tfc.Tensor4D): tfc.Tensor4D {
  return tf.concat4d([x, skip], 3);
}

/** A 1×1 convolution with bias to one logit; nothing where it is not `used`, but its parameters are there. */
function head(builder: ParameterBuilder, name: string, inputs: number, used: boolean) {
  const { ops } = builder.engine;
  const trainable = used;
  const filter = builder.add(`${name}.weight`, {
    shape: [1, 1, inputs, 1],
    initial: heNormalLeaky,
    layout: "conv",
    trainable,
  }) as tfc.Tensor4D;
  const bias = builder.add(`${name}.bias`, { shape: [1], initial: constant(0), trainable }) as tfc.Tensor1D;
  if (!used) return undefined;
  return (x: tfc.Tensor4D) => ops.conv2d(x, filter, { stride: 1, padding: [0, 0, 0, 0], bias });
}
