import { relativeError } from "@eosin/engine-kit/conformance";
import type { Engine, Tf } from "@eosin/plugin-api/learning";
import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestTorch, torchInstallation } from "./torch.test-support.js";

type Case = readonly [name: string, compute: (tf: Tf) => Tensor | Tensor[]];

const ramp = (tf: Tf, shape: number[], from = -2, to = 2): Tensor => {
  const size = shape.reduce((product, n) => product * n, 1);
  // Neither sorted nor repeated.
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => from + ((to - from) * ((i * 37) % size)) / size),
    shape,
  );
};
const whole = (tf: Tf, values: number[], shape = [values.length]): Tensor => tf.tensor(values, shape, "int32");
const image = (tf: Tf): Tensor4D => ramp(tf, [2, 5, 6, 4]) as Tensor4D;

const unary = "abs acosh asinh atan ceil cos cosh elu erf exp expm1 floor isFinite isInf isNaN leakyRelu neg".split(
  " ",
);
const moreUnary =
  "onesLike relu relu6 round selu sigmoid sign sin sinh softplus square step tan tanh zerosLike logSigmoid".split(" ");
const positive = "log log1p reciprocal rsqrt sqrt".split(" ");
const within = "acos asin atanh".split(" ");
const binary = "add sub mul div maximum minimum squaredDifference pow mod atan2".split(" ");
const comparisons = "equal notEqual greater greaterEqual less lessEqual".split(" ");
const reductions = "sum mean max min prod logSumExp".split(" ");

type ByName = { readonly [name: string]: (...tensors: unknown[]) => Tensor };
const named = (tf: Tf, name: string) => (tf as unknown as ByName)[name];

const cases: readonly Case[] = [
  ...[...unary, ...moreUnary].map(
    (name): Case => [name, (tf) => named(tf, name)(ramp(tf, [3, 4], name === "acosh" ? 1 : -2, 2))],
  ),
  ...positive.map((name): Case => [name, (tf) => named(tf, name)(ramp(tf, [3, 4], 0.5, 3))]),
  ...within.map((name): Case => [name, (tf) => named(tf, name)(ramp(tf, [3, 4], -0.9, 0.9))]),
  ...binary.map((name): Case => [name, (tf) => named(tf, name)(ramp(tf, [3, 4], 0.5, 3), ramp(tf, [4], 0.5, 2))]),
  ...["add", "sub", "mul", "floorDiv", "mod", "maximum", "squaredDifference"].map(
    (name): Case => [`${name} of int32`, (tf) => named(tf, name)(whole(tf, [7, -8, 9]), whole(tf, [2, 3, -4]))],
  ),
  ...comparisons.map((name): Case => [name, (tf) => named(tf, name)(whole(tf, [1, 2, 3]), whole(tf, [3, 2, 1]))]),
  ...reductions.flatMap((name): Case[] => [
    [`${name} over all`, (tf) => named(tf, name)(ramp(tf, [3, 4], 0.5, 1.5))],
    [`${name} over 0 and 2, kept`, (tf) => named(tf, name)(ramp(tf, [3, 4, 2], 0.5, 1.5), [0, 2], true)],
  ]),
  ["sum of int32", (tf) => tf.sum(whole(tf, [1, 2, 3]))],
  ["sum of bool", (tf) => tf.sum(tf.greater(whole(tf, [1, 2, 3]), 1))],
  [
    "all, any",
    (tf) => [
      tf.all(tf.tensor([1, 0, 1, 1], [2, 2], "bool"), 1),
      tf.any(tf.tensor([0, 0, 1, 0], [2, 2], "bool"), [0, 1]),
    ],
  ],
  [
    "logical",
    (tf) => [
      tf.logicalAnd(tf.tensor([1, 0], [2], "bool"), tf.tensor([1, 1], [2], "bool")),
      tf.logicalNot(tf.tensor([1, 0], [2], "bool")),
    ],
  ],
  ["argMax, argMin", (tf) => [tf.argMax(ramp(tf, [3, 4]), 1), tf.argMin(ramp(tf, [3, 4]), 0)]],
  [
    "cumsum",
    (tf) => [
      tf.cumsum(ramp(tf, [3, 4]), 1),
      tf.cumsum(ramp(tf, [3, 4]), 0, true, true),
      tf.cumprod(ramp(tf, [3, 4]), 1, true),
    ],
  ],
  ["softmax, logSoftmax", (tf) => [tf.softmax(ramp(tf, [3, 4])), tf.logSoftmax(ramp(tf, [3, 4]))]],
  [
    "cast",
    (tf) => [
      tf.cast(ramp(tf, [4]), "int32"),
      tf.cast(ramp(tf, [4]), "bool"),
      tf.cast(tf.tensor([1, 0], [2], "bool"), "float32"),
    ],
  ],
  ["clipByValue", (tf) => tf.clipByValue(ramp(tf, [3, 4]), -1, 0.5)],
  ["prelu", (tf) => tf.prelu(ramp(tf, [3, 4]), ramp(tf, [4]))],
  ["addN", (tf) => tf.addN([ramp(tf, [3]), ramp(tf, [3]), ramp(tf, [3])])],
  ["where", (tf) => tf.where(tf.tensor([1, 0, 1], [3, 1], "bool"), ramp(tf, [3, 2]), tf.zeros([3, 2]))],
  [
    "bincount",
    (tf) => [
      tf.bincount(whole(tf, [1, 1, 3]) as Tensor1D, tf.tensor1d([]), 5),
      tf.bincount(whole(tf, [1, 1, 3]) as Tensor1D, tf.tensor1d([0.5, 1, 2]), 4),
    ],
  ],
  [
    "denseBincount",
    (tf) => tf.denseBincount(whole(tf, [1, 1, 3, 0, 2, 2], [2, 3]) as Tensor2D, tf.tensor2d([], [0, 0]), 4),
  ],
  [
    "matMul",
    (tf) => [
      tf.matMul(ramp(tf, [3, 4]), ramp(tf, [4, 2])),
      tf.matMul(ramp(tf, [2, 4, 3]), ramp(tf, [2, 5, 4]), true, true),
    ],
  ],
  [
    "fused.matMul",
    (tf) =>
      tf.fused.matMul({
        a: ramp(tf, [3, 4]) as Tensor2D,
        b: ramp(tf, [4, 2]) as Tensor2D,
        bias: ramp(tf, [2]),
        activation: "relu",
      }),
  ],
  ["einsum", (tf) => tf.einsum("bij,bjk->bik", ramp(tf, [2, 3, 4]), ramp(tf, [2, 4, 2]))],
  [
    "reshape, expandDims, squeeze",
    (tf) => [tf.reshape(image(tf), [-1, 4]), tf.expandDims(ramp(tf, [3, 4]), -1), tf.squeeze(ramp(tf, [1, 3, 1]))],
  ],
  [
    "concat",
    (tf) => [tf.concat([ramp(tf, [2, 3]), ramp(tf, [2, 1])], -1), tf.concat([tf.zeros([0, 3]), ramp(tf, [2, 3])], 0)],
  ],
  ["slice", (tf) => tf.slice(image(tf), [0, 1, 2, 0], [-1, 3, 2, 4])],
  [
    "stridedSlice",
    (tf) => [
      tf.stridedSlice(ramp(tf, [6, 5]), [5, 0], [0, 5], [-2, 2]),
      tf.stridedSlice(ramp(tf, [6, 5]), [1, 0], [2, 5], [1, 1], 0, 0, 0, 0, 1),
    ],
  ],
  [
    "pad",
    (tf) => [
      tf.pad(
        ramp(tf, [2, 3]),
        [
          [1, 0],
          [0, 2],
        ],
        7,
      ),
      tf.mirrorPad(
        ramp(tf, [3, 4]),
        [
          [2, 1],
          [0, 2],
        ],
        "reflect",
      ),
      tf.mirrorPad(
        ramp(tf, [3, 4]),
        [
          [1, 2],
          [2, 0],
        ],
        "symmetric",
      ),
    ],
  ],
  ["stack, unstack", (tf) => [tf.stack([ramp(tf, [2, 3]), ramp(tf, [2, 3])], 1), ...tf.unstack(ramp(tf, [2, 3]), 1)]],
  ["split", (tf) => [...tf.split(ramp(tf, [4, 6]), 3, 1), ...tf.split(ramp(tf, [4, 6]), [1, 3], 0)]],
  ["tile, broadcastTo", (tf) => [tf.tile(ramp(tf, [2, 3]), [2, 3]), tf.broadcastTo(ramp(tf, [1, 3]), [4, 3])]],
  ["transpose", (tf) => [tf.transpose(image(tf), [3, 0, 2, 1]), tf.transpose(ramp(tf, [3, 4]))]],
  ["reverse", (tf) => [tf.reverse(image(tf), [1, 3]), tf.reverse(ramp(tf, [3]) as Tensor1D)]],
  ["image.flipLeftRight", (tf) => tf.image.flipLeftRight(image(tf))],
  ["depthToSpace", (tf) => tf.depthToSpace(image(tf), 2)],
  [
    "spaceToBatchND",
    (tf) =>
      tf.spaceToBatchND(
        ramp(tf, [2, 4, 6, 3]),
        [2, 3],
        [
          [0, 0],
          [1, 2],
        ],
      ),
  ],
  [
    "batchToSpaceND",
    (tf) =>
      tf.batchToSpaceND(
        ramp(tf, [12, 2, 3, 2]),
        [2, 3],
        [
          [0, 1],
          [1, 0],
        ],
      ),
  ],
  [
    "gather",
    (tf) => [
      tf.gather(image(tf), whole(tf, [2, 0, 2]), 1),
      tf.gather(ramp(tf, [2, 5]), whole(tf, [1, 0, 4, 4], [2, 2]), 1, 1),
    ],
  ],
  ["gatherND", (tf) => tf.gatherND(ramp(tf, [3, 4, 2]), whole(tf, [2, 1, 0, 3], [2, 2]))],
  ["scatterND", (tf) => tf.scatterND(whole(tf, [1, 3, 1], [3, 1]), ramp(tf, [3, 2]), [5, 2])],
  [
    "tensorScatterUpdate",
    (tf) => tf.tensorScatterUpdate(ramp(tf, [5, 2]), whole(tf, [1, 3], [2, 1]), ramp(tf, [2, 2])),
  ],
  ["unsortedSegmentSum", (tf) => tf.unsortedSegmentSum(ramp(tf, [4, 3]), whole(tf, [2, 0, 2, 1]) as Tensor1D, 3)],
  ["oneHot", (tf) => tf.oneHot(whole(tf, [0, 2, 5], [3]), 4, 2, -1)],
  ["topk", (tf) => Object.values(tf.topk(tf.tensor2d([3, 1, 3, 2, 5, 5], [2, 3]), 2))],
  [
    "fill, range, linspace",
    (tf) => [tf.fill([2, 3], 1.5), tf.range(3, -3, -1.5), tf.range(0, 5, 2, "int32"), tf.linspace(0, 1, 5)],
  ],
  ["eye, diag", (tf) => [tf.eye(3), tf.diag(ramp(tf, [3]) as Tensor1D)]],
  [
    "conv2d",
    (tf) => [
      tf.conv2d(image(tf), ramp(tf, [3, 3, 4, 2]) as Tensor4D, 2, "same"),
      tf.conv2d(image(tf), ramp(tf, [2, 2, 4, 2]) as Tensor4D, 1, "valid", "NHWC", 2),
    ],
  ],
  [
    "conv2dTranspose",
    (tf) => [
      tf.conv2dTranspose(image(tf), ramp(tf, [3, 3, 2, 4]) as Tensor4D, [2, 10, 12, 2], 2, "same"),
      tf.conv2dTranspose(image(tf), ramp(tf, [3, 3, 2, 4]) as Tensor4D, [2, 12, 13, 2], 2, "valid"),
    ],
  ],
  [
    "depthwiseConv2d",
    (tf) => [
      tf.depthwiseConv2d(image(tf), ramp(tf, [3, 3, 4, 2]) as Tensor4D, 1, "same"),
      tf.depthwiseConv2d(image(tf), ramp(tf, [3, 2, 4, 1]) as Tensor4D, 2, "same"),
    ],
  ],
  [
    "separableConv2d",
    (tf) =>
      tf.separableConv2d(image(tf), ramp(tf, [3, 3, 4, 1]) as Tensor4D, ramp(tf, [1, 1, 4, 3]) as Tensor4D, 1, "same"),
  ],
  [
    "fused.conv2d",
    (tf) =>
      tf.fused.conv2d({
        x: image(tf),
        filter: ramp(tf, [1, 1, 4, 3]) as Tensor4D,
        strides: 1,
        pad: "valid",
        bias: ramp(tf, [3]),
        activation: "relu6",
      }),
  ],
  ["maxPool", (tf) => [tf.maxPool(image(tf), 3, 2, "same"), tf.maxPool(image(tf), 2, 1, "valid")]],
  ["avgPool", (tf) => [tf.avgPool(image(tf), 3, 2, "same"), tf.avgPool(image(tf), [2, 3], 2, "valid")]],
  ["resizeBilinear", (tf) => tf.image.resizeBilinear(image(tf), [7, 3])],
  [
    "cropAndResize",
    (tf) => tf.image.cropAndResize(image(tf), tf.tensor2d([0, 0, 0.5, 1], [1, 4]), whole(tf, [1]) as Tensor1D, [3, 3]),
  ],
  ["multinomial", (tf) => tf.multinomial(ramp(tf, [5]) as Tensor1D, 8, 7)],
  [
    "nonMaxSuppression",
    (tf) =>
      tf.image.nonMaxSuppression(
        tf.tensor2d([0, 0, 1, 1, 0, 0, 1, 1.1, 2, 2, 3, 3], [3, 4]),
        tf.tensor1d([0.9, 0.8, 0.7]),
        3,
        0.5,
      ),
  ],
  ["unique", (tf) => Object.values(tf.unique(tf.tensor1d([3, 1, 3, 2])))],
  ["grayscaleToRGB", (tf) => tf.image.grayscaleToRGB(ramp(tf, [4, 5, 1]) as Tensor3D)],
  [
    "random",
    (tf) => [
      tf.randomUniform([4], 0, 1, "float32", 3),
      tf.randomNormal([4], 0, 1, "float32", 3),
      tf.truncatedNormal([4], 0, 1, "float32", 3),
    ],
  ],
  ["batchNorm", (tf) => tf.batchNorm(image(tf), ramp(tf, [4]) as Tensor1D, ramp(tf, [4], 0.5, 2) as Tensor1D)],
];

describe.skipIf(!torchInstallation)("kernels of libtorch", () => {
  let engine: Engine;
  let name: string;
  beforeAll(async () => {
    engine = await openTestTorch();
    name = engine.tf.getBackend();
  });
  afterAll(async () => {
    await engine.tf.setBackend(name);
  });

  async function on(backend: string, compute: (tf: Tf) => Tensor | Tensor[]) {
    const { tf } = engine;
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    const results = tf.tidy(() => compute(tf));
    const list = Array.isArray(results) ? results : [results];
    const values = list.map(({ shape, dtype }, i) => ({ shape, dtype, data: list[i].dataSync() }));
    for (const tensor of list) tensor.dispose();
    expect(tf.memory().numTensors).toBe(before);
    return values;
  }

  it.each(cases)("%s: as tfjs has it", async (_, compute) => {
    const truth = await on("cpu", compute);
    const native = engine.tf.engine().registry[name] as unknown as {
      torch: { addon: { memory(): { tensors: number } } };
    };
    const before = native.torch.addon.memory().tensors;
    const found = await on(name, compute);
    expect(found.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
      truth.map(({ shape, dtype }) => ({ shape, dtype })),
    );
    for (const [i, { data }] of found.entries()) expect(relativeError(data, truth[i].data)).toBeLessThan(1e-5);
    expect(native.torch.addon.memory().tensors).toBe(before);
  });
});
