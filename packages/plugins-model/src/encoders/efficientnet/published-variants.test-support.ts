import type { LiteName, OriginalName } from "./variants.js";

interface PublishedVariant {
  /** Of the features at strides 2, 4, 8, 16 and 32. */
  readonly channels: number[];
  readonly featureAfter: number[];
  /** Padding before and after, as of the strided blocks below. */
  readonly stem: number[];
  readonly head: number;
  readonly strided: { readonly [block: number]: number[] };
  /** Parameters of the networks on this encoder. */
  readonly multitask: number;
  readonly supervised: number;
}

/** Measured on the paper's code. */
export const publishedVariants: { readonly [name in OriginalName]: PublishedVariant } = {
  b0: {
    channels: [32, 24, 40, 112, 320],
    featureAfter: [3, 5, 9, 16],
    stem: [0, 1],
    head: 1280,
    strided: { 1: [0, 1], 3: [1, 2], 5: [0, 1], 11: [1, 2] },
    multitask: 8496333,
    supervised: 6251469,
  },
  b1: {
    channels: [32, 24, 40, 112, 320],
    featureAfter: [5, 8, 16, 23],
    stem: [0, 1],
    head: 1280,
    strided: { 2: [0, 1], 5: [1, 2], 8: [0, 1], 16: [2, 2] },
    multitask: 11001969,
    supervised: 8757105,
  },
  b2: {
    channels: [32, 24, 48, 120, 352],
    featureAfter: [5, 8, 16, 23],
    stem: [0, 1],
    head: 1408,
    strided: { 2: [0, 1], 5: [2, 2], 8: [1, 1], 16: [2, 2] },
    multitask: 12392531,
    supervised: 10046291,
  },
  b3: {
    channels: [40, 32, 48, 136, 384],
    featureAfter: [5, 8, 18, 26],
    stem: [0, 1],
    head: 1536,
    strided: { 2: [0, 1], 5: [2, 2], 8: [0, 1], 18: [2, 2] },
    multitask: 15622777,
    supervised: 13159033,
  },
  b4: {
    channels: [48, 32, 56, 160, 448],
    featureAfter: [6, 10, 22, 32],
    stem: [0, 1],
    head: 1792,
    strided: { 2: [0, 1], 6: [2, 2], 10: [0, 1], 22: [1, 2] },
    multitask: 22903705,
    supervised: 20225689,
  },
  b5: {
    channels: [48, 40, 64, 176, 512],
    featureAfter: [8, 13, 27, 39],
    stem: [0, 1],
    head: 2048,
    strided: { 3: [0, 1], 8: [1, 2], 13: [1, 1], 27: [2, 2] },
    multitask: 34092161,
    supervised: 31216001,
  },
  b6: {
    channels: [56, 40, 72, 200, 576],
    featureAfter: [9, 15, 31, 45],
    stem: [0, 1],
    head: 2304,
    strided: { 3: [0, 1], 9: [1, 2], 15: [0, 1], 31: [2, 2] },
    multitask: 46915625,
    supervised: 43825193,
  },
  b7: {
    channels: [64, 48, 80, 224, 640],
    featureAfter: [11, 18, 38, 55],
    stem: [0, 1],
    head: 2560,
    strided: { 4: [0, 1], 11: [1, 2], 18: [1, 1], 38: [1, 2] },
    multitask: 70404641,
    supervised: 67095329,
  },
};

interface PublishedLite {
  /** Of the features at strides 2, 4, 8, 16 and 32. */
  readonly channels: number[];
  /** Blocks of each stage. */
  readonly repeats: number[];
  /** Padding before and after of the strided blocks at the nominal size, 3×3, 5×5, 3×3 and 5×5: TensorFlow's "same". */
  readonly strided: number[][];
  /** With the classifier of 1000 classes, without running statistics: 4.7, 5.4, 6.1, 8.2 and 13.0 million where they were published. */
  readonly parameters: number;
}

/** Counted on timm 1.0.31, `tf_efficientnet_lite0` … `4`. */
export const publishedLite: { readonly [name in LiteName]: PublishedLite } = {
  lite0: {
    channels: [16, 24, 40, 112, 320],
    repeats: [1, 2, 2, 3, 3, 4, 1],
    strided: [
      [0, 1],
      [1, 2],
      [0, 1],
      [1, 2],
    ],
    parameters: 4652008,
  },
  lite1: {
    channels: [16, 24, 40, 112, 320],
    repeats: [1, 3, 3, 4, 4, 5, 1],
    strided: [
      [0, 1],
      [1, 2],
      [0, 1],
      [2, 2],
    ],
    parameters: 5416680,
  },
  lite2: {
    channels: [16, 24, 48, 120, 352],
    repeats: [1, 3, 3, 4, 4, 5, 1],
    strided: [
      [0, 1],
      [2, 2],
      [1, 1],
      [2, 2],
    ],
    parameters: 6092072,
  },
  lite3: {
    channels: [24, 32, 48, 136, 384],
    repeats: [1, 3, 3, 5, 5, 6, 1],
    strided: [
      [0, 1],
      [1, 2],
      [1, 1],
      [1, 2],
    ],
    parameters: 8197096,
  },
  lite4: {
    channels: [24, 32, 56, 160, 448],
    repeats: [1, 4, 4, 6, 6, 8, 1],
    strided: [
      [0, 1],
      [2, 2],
      [0, 1],
      [2, 2],
    ],
    parameters: 13006568,
  },
};
