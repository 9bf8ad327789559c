import {
  type Encoder,
  type EncoderFactory,
  imagenetNormalization,
  type ParameterBuilder,
} from "@eosin/plugin-api/learning";
import { publishedWeightsOf } from "../../weights/published-weights-of.js";
import { type DepthShape, shapes } from "./depths.js";
import type { ResnetOptions } from "./options.js";
import { convNorm, EXPANSION, residualBlock } from "./residual-block.js";

/** Inner channels of the stages at strides 4, 8, 16 and 32. */
const widths = [64, 128, 256, 512] as const;

const STEM = 64;

/** Of the stem and the stages. */
const strides = [2, 4, 8, 16, 32] as const;

/**
 * ResNet (He et al., CVPR 2016) without its classifier, as torchvision builds it; parameters have torchvision's names.
 * With an output stride below 32 the last stages keep the size, and their 3×3 convolutions are dilated, all of a stage
 * alike (Chen et al., 2017, section 3.1): of the stages at one stride the last one's feature is given.
 * @example
 * const { traits } = createResnet({ depth: 34, dropConnect: 0, pretrained: "none" });
 * traits.channels; // [64, 64, 128, 256, 512]
 */
export function createResnet(options: ResnetOptions): EncoderFactory {
  const { depth, dropConnect, pretrained, outputStride = 32 } = options;
  const shape = shapes[depth];
  const factor = shape.bottleneck ? EXPANSION : 1;
  return {
    title: `ResNet-${depth}`,
    traits: {
      strides: strides.filter((stride) => stride <= outputStride),
      // The last stage of those that end at the output stride, and all before.
      channels: [STEM, ...widths.map((width) => width * factor)].filter(
        (_, index, { length }) => strides[index] < outputStride || index === length - 1,
      ),
      normalization: imagenetNormalization,
      decoderChannels: [256, 128, 64, 32, 16].slice(0, Math.log2(outputStride)),
    },
    initialWeights: publishedWeightsOf(`resnet${depth}`, pretrained),
    rebuildOptions: { ...options, pretrained: "none" },
    build: (builder) => buildResnet(builder, shape, dropConnect, outputStride),
  };
}

/** @param rate Drop-connect of the last block; it grows linearly with the block's index from 0. */
function buildResnet(
  builder: ParameterBuilder,
  { blocks, bottleneck }: DepthShape,
  rate: number,
  outputStride: number,
): Encoder {
  const stem = convNorm(builder, ["conv1", "bn1"], { kernel: 7, inputs: 3, outputs: STEM, stride: 2 }, "relu");
  const count = blocks.reduce((sum, each) => sum + each);
  let [inputs, index] = [STEM, 0];
  const stages = widths.map((width, stage) => {
    const dilation = Math.max(1, strides[stage + 1] / outputStride);
    return Array.from({ length: blocks[stage] }, (_, block) => {
      const stride = stage > 0 && block === 0 && dilation === 1 ? 2 : 1;
      const name = `layer${stage + 1}.${block}`;
      const shape = { inputs, width, stride, dilation, bottleneck };
      const layer = residualBlock(builder, name, shape, (rate * index++) / count);
      inputs = bottleneck ? width * EXPANSION : width;
      return layer;
    });
  });
  const { tf } = builder.engine;
  return {
    features(image, context) {
      let x = stem(image, context);
      const features = [x];
      x = tf.maxPool(x, 3, 2, 1);
      for (const [index, stage] of stages.entries()) {
        for (const layer of stage) x = layer(x, context);
        if (strides[index + 1] > outputStride) features.pop();
        features.push(x);
      }
      return features;
    },
  };
}
