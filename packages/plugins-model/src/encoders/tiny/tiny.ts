import {
  type Encoder,
  type EncoderFactory,
  imagenetNormalization,
  type ParameterBuilder,
} from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { convNormRelu } from "../../layers/conv-norm-relu.js";
import { dropConnect } from "../../layers/drop-connect.js";
import type { Layer } from "../../layers/layer.js";
import type { TinyOptions } from "./options.js";

/** Channels at strides 2, 4, 8, 16 and 32, and how many residual blocks follow each strided convolution. */
const stages = [
  { channels: 16, blocks: 0 },
  { channels: 32, blocks: 1 },
  { channels: 48, blocks: 1 },
  { channels: 64, blocks: 1 },
  { channels: 96, blocks: 1 },
] as const;

/**
 * A small residual encoder (after He et al., 2016) that trains from scratch in minutes at 96…128 pixels: plain 3×3
 * convolutions at 16 to 96 channels, which do more arithmetic a byte than depthwise ones and squeeze-excite.
 */
export function createTiny(options: TinyOptions): EncoderFactory {
  return {
    title: "tiny",
    traits: {
      strides: [2, 4, 8, 16, 32],
      channels: stages.map(({ channels }) => channels),
      normalization: imagenetNormalization,
      decoderChannels: [64, 48, 32, 16, 16],
    },
    build: (builder) => buildTiny(builder, options.dropConnect),
  };
}

function buildTiny(builder: ParameterBuilder, rate: number): Encoder {
  const blockCount = stages.reduce((sum, { blocks }) => sum + blocks, 0);
  let inputs = 3;
  let index = 0;
  const layers = stages.map(({ channels, blocks }, stage) => {
    const name = `stages.${stage}`;
    const sequence: Layer[] = [convNormRelu(builder, `${name}.down`, { inputs, outputs: channels, stride: 2 })];
    for (let block = 0; block < blocks; block++) {
      const dropProbability = (rate * index++) / blockCount;
      sequence.push(residualBlock(builder, `${name}.blocks.${block}`, channels, dropProbability));
    }
    inputs = channels;
    return sequence;
  });
  return {
    features(image, context) {
      let x = image;
      return layers.map((sequence) => {
        for (const layer of sequence) x = layer(x, context);
        return x;
      });
    },
  };
}

/** x + two 3×3 convolutions of x, each normalised and rectified. */
function residualBlock(builder: ParameterBuilder, name: string, channels: number, dropProbability: number): Layer {
  const first = convNormRelu(builder, `${name}.conv1`, { inputs: channels, outputs: channels });
  const second = convNormRelu(builder, `${name}.conv2`, { inputs: channels, outputs: channels });
  const drop = dropConnect(builder, name, dropProbability);
  const { tf } = builder.engine;
  return (x, context) => tf.add(drop(second(first(x, context), context), context), x) as tfc.Tensor4D;
}
