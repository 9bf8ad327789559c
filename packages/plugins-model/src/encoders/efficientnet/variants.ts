import type { Padding } from "../../layers/convolution.js";

/** EfficientNet (Tan & Le, 2019). */
export const originalNames = ["b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7"] as const;

/**
 * EfficientNet-Lite (Liu, 2020): the same stages without squeeze-excite and with ReLU6, for processors without floating point;
 * stem and head are not widened, and the first and the last stage are not deepened.
 */
export const liteNames = ["lite0", "lite1", "lite2", "lite3", "lite4"] as const;

export const variantNames = [...originalNames, ...liteNames] as const;

export type OriginalName = (typeof originalNames)[number];
export type LiteName = (typeof liteNames)[number];
export type VariantName = OriginalName | LiteName;

/** Compound scaling: width and depth factors, and the input size that the weights were made for. */
interface Scaling {
  readonly width: number;
  readonly depth: number;
  readonly size: number;
}

const original: { readonly [name in OriginalName]: Scaling } = {
  b0: { width: 1, depth: 1, size: 224 },
  b1: { width: 1, depth: 1.1, size: 240 },
  b2: { width: 1.1, depth: 1.2, size: 260 },
  b3: { width: 1.2, depth: 1.4, size: 300 },
  b4: { width: 1.4, depth: 1.8, size: 380 },
  b5: { width: 1.6, depth: 2.2, size: 456 },
  b6: { width: 1.8, depth: 2.6, size: 528 },
  b7: { width: 2, depth: 3.1, size: 600 },
};

const lite: { readonly [name in LiteName]: Scaling } = {
  lite0: { width: 1, depth: 1, size: 224 },
  lite1: { width: 1, depth: 1.1, size: 240 },
  lite2: { width: 1.1, depth: 1.2, size: 260 },
  lite3: { width: 1.2, depth: 1.4, size: 280 },
  lite4: { width: 1.4, depth: 1.8, size: 300 },
};

/** The stages of B0 (paper, table 1). */
const stages = [
  { repeats: 1, kernel: 3, stride: 1, expand: 1, outputs: 16 },
  { repeats: 2, kernel: 3, stride: 2, expand: 6, outputs: 24 },
  { repeats: 2, kernel: 5, stride: 2, expand: 6, outputs: 40 },
  { repeats: 3, kernel: 3, stride: 2, expand: 6, outputs: 80 },
  { repeats: 3, kernel: 5, stride: 1, expand: 6, outputs: 112 },
  { repeats: 4, kernel: 5, stride: 2, expand: 6, outputs: 192 },
  { repeats: 1, kernel: 3, stride: 1, expand: 6, outputs: 320 },
] as const;

/** The last stages at strides 4, 8, 16 and 32. */
const FEATURE_STAGES = [1, 2, 4, 6];

/** Bottleneck of squeeze-excite, as a part of the block's inputs. */
const SQUEEZE = 0.25;

export interface BlockShape {
  readonly kernel: number;
  readonly stride: number;
  readonly inputs: number;
  readonly expanded: number;
  /** Of squeeze-excite; absent where the block has none. */
  readonly squeezed?: number;
  readonly outputs: number;
  readonly padding: Padding;
}

export interface Variant {
  readonly activation: "silu" | "relu6";
  readonly stem: { readonly outputs: number; readonly padding: Padding };
  readonly blocks: readonly BlockShape[];
  /** How many blocks run before each of the features at strides 2, 4, 8, 16 and 32; 0 is the stem's output. */
  readonly featureAfter: readonly number[];
  /** Channels of the classifier's convolution, which is kept in the weights but never run here. */
  readonly head: number;
}

/**
 * The layers of a variant. "Same" padding is fixed for the variant's nominal size, halved (rounding up) at each strided
 * layer, whatever the real input: the pretrained weights are only right with it.
 */
export function variantOf(name: VariantName): Variant {
  const isLite = name in lite;
  const { width, depth, size: nominal } = { ...original, ...lite }[name];
  const widened = (channels: number) => (isLite ? channels : scaledChannels(channels, width));
  const stem = { outputs: widened(32), padding: samePadding(nominal, 3, 2) };
  let size = Math.ceil(nominal / 2);
  let inputs = stem.outputs;
  const blocks: BlockShape[] = [];
  const endOfStage: number[] = [];
  stages.forEach(({ repeats, kernel, stride: firstStride, expand, outputs: base }, stage) => {
    const outputs = scaledChannels(base, width);
    const fixedDepth = isLite && (stage === 0 || stage === stages.length - 1);
    for (let repeat = 0; repeat < (fixedDepth ? repeats : Math.ceil(repeats * depth)); repeat++) {
      const stride = repeat === 0 ? firstStride : 1;
      const padding = samePadding(size, kernel, stride);
      const squeeze = isLite ? {} : { squeezed: Math.max(1, Math.floor(inputs * SQUEEZE)) };
      blocks.push({ kernel, stride, inputs, expanded: inputs * expand, ...squeeze, outputs, padding });
      size = Math.ceil(size / stride);
      inputs = outputs;
    }
    endOfStage.push(blocks.length);
  });
  // The original ones give their stem's output at stride 2, as the paper's code does; Lite the last one before the halving.
  const featureAfter = [isLite ? endOfStage[0] : 0, ...FEATURE_STAGES.map((stage) => endOfStage[stage])];
  // The paper's code takes B0's feature at stride 16 after the first block of that stage, not after its last.
  if (name === "b0") featureAfter[3] = endOfStage[3] + 1;
  return { activation: isLite ? "relu6" : "silu", stem, blocks, featureAfter, head: widened(1280) };
}

/** Scales and rounds to a multiple of 8, never down by more than a tenth. */
function scaledChannels(channels: number, width: number): number {
  const scaled = channels * width;
  const rounded = Math.max(8, Math.floor((scaled + 4) / 8) * 8);
  return rounded < 0.9 * scaled ? rounded + 8 : rounded;
}

function samePadding(size: number, kernel: number, stride: number): Padding {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}
