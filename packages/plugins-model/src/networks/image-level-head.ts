import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import { convolution } from "../layers/convolution.js";
import { glorotUniform } from "../layers/initializers.js";
import type { Layer } from "../layers/layer.js";

/**
 * Whether a patch holds any foreground: the mean over its pixels, and one logit of that, (b,1,1,1). Parameters:
 * `image_level_head.weight`, `.bias`.
 * @param inputs Channels of what it sees.
 */
export function imageLevelHead(builder: ParameterBuilder, inputs: number): Layer {
  const shape = { kernel: 1, inputs, outputs: 1 };
  const head = convolution(builder, "image_level_head", shape, { initial: glorotUniform, bias: true });
  const { ops } = builder.engine;
  return (x, context) => head(ops.globalMean(x), context);
}
