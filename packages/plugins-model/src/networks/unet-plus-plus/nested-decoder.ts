import type { EncoderTraits, ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { convNormRelu } from "../../layers/conv-norm-relu.js";
import type { Layer } from "../../layers/layer.js";
import type { Decoder } from "../unet-decoder.js";

/**
 * The nested decoder of Zhou et al. (2018), figure 1a. Level k is at the size of the encoder's k-th feature from the deepest.
 * On each level between, node d takes the node that is as far along on the deeper level, doubled by nearest neighbour,
 * behind it all nodes before it on its own level, and the level's feature; two 3×3 convolutions follow. `x_d_k` is a
 * node of level k + 1, whose first is `x_k_k` and whose last is `x_0_k`.
 * @param channels Of the last nodes of all levels, from half the deepest stride on; other nodes have their feature's.
 */
export function nestedDecoder(
  builder: ParameterBuilder,
  name: string,
  traits: EncoderTraits,
  channels: readonly number[],
): Decoder {
  const { tf, ops } = builder.engine;
  const features = [...traits.channels].reverse();
  /** Of the level's feature; none where the image itself is of that size. */
  const skipOf = (level: number) => features[level + 1] ?? 0;
  const nodes = channels.map((last, level) =>
    Array.from({ length: skipOf(level) === 0 ? 1 : level + 1 }, (_, depth): Layer => {
      const deeper = depth === 0 && level > 0 ? channels[level - 1] : features[level];
      const inputs = deeper + skipOf(level) * (level + 1 - depth);
      const outputs = depth === 0 ? last : skipOf(level);
      const part = `${name}.blocks.x_${depth}_${level}`;
      const first = convNormRelu(builder, `${part}.conv1`, { inputs, outputs });
      const second = convNormRelu(builder, `${part}.conv2`, { inputs: outputs, outputs });
      return (x, context) => second(first(x, context), context);
    }),
  );
  return (finestFirst, context) => {
    const deepestFirst = [...finestFirst].reverse();
    /** The nodes of the level before, by depth, and behind them its feature. */
    let before: readonly tfc.Tensor4D[] = [deepestFirst[0]];
    for (const [level, layers] of nodes.entries()) {
      const skip = deepestFirst[level + 1];
      /** From the level's first node, whose depth is the greatest, to its last. */
      let dense: readonly tfc.Tensor4D[] = skip ? [skip] : [];
      for (let depth = layers.length - 1; depth >= 0; depth--) {
        const behind = dense.length > 1 ? tf.concat4d([...dense], 3) : dense[0];
        dense = [layers[depth](ops.upsample2Concat(before[depth], behind), context), ...dense];
      }
      before = dense;
    }
    return before[0];
  };
}
