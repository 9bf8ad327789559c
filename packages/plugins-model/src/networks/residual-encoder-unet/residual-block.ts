import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { convInstanceNorm, leakyRelu } from "../../layers/conv-instance-norm.js";
import type { Layer } from "../../layers/layer.js";

/**
 * leaky(branch(x) + x), as ResNet-D has it (He et al., CVPR 2019): where the block halves the image, x is averaged by 2×2,
 * and where the channels differ it is projected. The branch's last normalisation begins at a scale of 0, so that the block
 * begins as the identity. Parameters: `NAME.conv1.…`, `NAME.conv2.…`, `NAME.skip.I.…`, `dynamic_network_architectures`' names.
 */
export function residualBlock(
  builder: ParameterBuilder,
  name: string,
  { inputs, outputs, stride }: { inputs: number; outputs: number; stride: 1 | 2 },
): Layer {
  const { tf } = builder.engine;
  const first = convInstanceNorm(builder, `${name}.conv1`, { inputs, outputs, stride });
  const second = convInstanceNorm(builder, `${name}.conv2`, {
    inputs: outputs,
    outputs,
    activation: "none",
    scale: 0,
  });
  const project: Layer =
    inputs === outputs
      ? (x) => x
      : convInstanceNorm(builder, `${name}.skip.${stride === 2 ? 1 : 0}`, {
          inputs,
          outputs,
          kernel: 1,
          activation: "none",
          bias: false,
        });
  return (x, context) => {
    const halved = stride === 2 ? tf.avgPool(x, 2, 2, "valid") : x;
    const skipped = project(halved, context);
    const branch = second(first(x, context), context);
    return tf.leakyRelu(tf.add<tfc.Tensor4D>(branch, skipped), leakyRelu.leakyRelu);
  };
}
