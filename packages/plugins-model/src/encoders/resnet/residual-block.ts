import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { batchNormalization, type NormalizationSettings } from "../../layers/batch-normalization.js";
import { convolution } from "../../layers/convolution.js";
import { dropConnect } from "../../layers/drop-connect.js";
import { fanOutNormal } from "../../layers/initializers.js";
import type { Layer } from "../../layers/layer.js";

/** PyTorch's defaults, which the weights were published with. */
const normalization: NormalizationSettings = { epsilon: 1e-5, momentum: 0.1 };

/** How much wider a bottleneck's last convolution is than its others. */
export const EXPANSION = 4;

export interface ResidualShape {
  readonly inputs: number;
  /** Channels of the block's inner convolutions. */
  readonly width: number;
  readonly stride: number;
  /** Of the 3×3 convolutions. */
  readonly dilation: number;
  readonly bottleneck: boolean;
}

/** A convolution and its batch normalisation. Parameters: `conv….weight` and `bn….…`, named as torchvision does. */
export function convNorm(
  builder: ParameterBuilder,
  [filter, norm]: readonly [filter: string, norm: string],
  shape: { kernel: number; inputs: number; outputs: number; stride?: number; dilation?: number },
  activation: "none" | "relu",
): Layer {
  const convolve = convolution(builder, filter, shape, { initial: fanOutNormal });
  const normalize = batchNormalization(builder, norm, shape.outputs, normalization, activation);
  return (x, context) => normalize(convolve(x, context), context);
}

/**
 * relu(branch(x) + x), x projected where the shapes differ (He et al., 2016). As torchvision has it, a bottleneck halves the
 * image at its 3×3 convolution ("ResNet V1.5").
 */
export function residualBlock(
  builder: ParameterBuilder,
  name: string,
  { inputs, width, stride, dilation, bottleneck }: ResidualShape,
  dropProbability: number,
): Layer {
  const outputs = bottleneck ? width * EXPANSION : width;
  const layer = (index: number, kernel: number, from: number, to: number, step: number, activation: "none" | "relu") =>
    convNorm(
      builder,
      [`${name}.conv${index}`, `${name}.bn${index}`],
      { kernel, inputs: from, outputs: to, stride: step, dilation: kernel === 1 ? 1 : dilation },
      activation,
    );
  const branch = bottleneck
    ? [
        layer(1, 1, inputs, width, 1, "relu"),
        layer(2, 3, width, width, stride, "relu"),
        layer(3, 1, width, outputs, 1, "none"),
      ]
    : [layer(1, 3, inputs, width, stride, "relu"), layer(2, 3, width, outputs, 1, "none")];
  const projected = stride !== 1 || inputs !== outputs;
  const shortcut: Layer = projected
    ? convNorm(
        builder,
        [`${name}.downsample.0`, `${name}.downsample.1`],
        { kernel: 1, inputs, outputs, stride },
        "none",
      )
    : (x) => x;
  const drop = dropConnect(builder, name, dropProbability);
  const { tf } = builder.engine;
  return (x, context) => {
    let y = x;
    for (const each of branch) y = each(y, context);
    return tf.relu(tf.add<tfc.Tensor4D>(drop(y, context), shortcut(x, context)));
  };
}
