import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { OperationCase } from "../../cases/case.js";
import { build, combine, map, sigmoid } from "../../cases/reference/nd-array.js";

type Unary = readonly [
  name: string,
  compute: (tf: Tf, x: Tensor) => Tensor,
  value: (v: number) => number,
  low?: number,
  high?: number,
];

const unary: readonly Unary[] = [
  ["abs", (tf, x) => tf.abs(x), Math.abs],
  ["clipByValue", (tf, x) => tf.clipByValue(x, -1, 0.5), (v) => Math.min(0.5, Math.max(-1, v))],
  ["exp", (tf, x) => tf.exp(x), Math.exp],
  ["log", (tf, x) => tf.log(x), Math.log, 0.1, 3],
  ["log1p", (tf, x) => tf.log1p(x), Math.log1p, 0, 3],
  ["logSigmoid", (tf, x) => tf.logSigmoid(x), (v) => -Math.log1p(Math.exp(-v))],
  ["neg", (tf, x) => tf.neg(x), (v) => -v],
  ["pow", (tf, x) => tf.pow(x, 2.5), (v) => v ** 2.5, 0.1, 2],
  ["reciprocal", (tf, x) => tf.reciprocal(x), (v) => 1 / v, 0.3, 2],
  ["relu", (tf, x) => tf.relu(x), (v) => Math.max(0, v)],
  ["leakyRelu", (tf, x) => tf.leakyRelu(x, 0.01), (v) => (v > 0 ? v : 0.01 * v)],
  ["relu6", (tf, x) => tf.relu6(tf.mul(x, 5)), (v) => Math.min(6, Math.max(0, 5 * v))],
  ["rsqrt", (tf, x) => tf.rsqrt(x), (v) => 1 / Math.sqrt(v), 0.3, 2],
  ["sigmoid", (tf, x) => tf.sigmoid(x), sigmoid, -6, 6],
  ["softplus", (tf, x) => tf.softplus(x), (v) => Math.log1p(Math.exp(v)), -6, 6],
  ["sqrt", (tf, x) => tf.sqrt(x), Math.sqrt, 0.1, 3],
  ["square", (tf, x) => tf.square(x), (v) => v * v],
  ["tanh", (tf, x) => tf.tanh(x), Math.tanh],
];

type Binary = readonly [
  name: string,
  compute: (tf: Tf, a: Tensor, b: Tensor) => Tensor,
  value: (a: number, b: number) => number,
];

const binary: readonly Binary[] = [
  ["add", (tf, a, b) => tf.add(a, b), (a, b) => a + b],
  ["sub", (tf, a, b) => tf.sub(a, b), (a, b) => a - b],
  ["mul", (tf, a, b) => tf.mul(a, b), (a, b) => a * b],
  ["div", (tf, a, b) => tf.div(a, tf.add(b, 3)), (a, b) => a / (b + 3)],
  ["maximum", (tf, a, b) => tf.maximum(a, b), Math.max],
  ["minimum", (tf, a, b) => tf.minimum(a, b), Math.min],
  ["squaredDifference", (tf, a, b) => tf.squaredDifference(a, b), (a, b) => (a - b) ** 2],
  ["where", (tf, a, b) => tf.where(tf.greater(a, 0), a, tf.mul(b, tf.onesLike(a))), (a, b) => (a > 0 ? a : b)],
];

const comparisons: readonly Binary[] = [
  ["equal", (tf, a, b) => tf.equal(tf.round(a), tf.round(b)), (a, b) => Number(Math.round(a) === Math.round(b))],
  ["notEqual", (tf, a, b) => tf.notEqual(tf.round(a), tf.round(b)), (a, b) => Number(Math.round(a) !== Math.round(b))],
  ["greater", (tf, a, b) => tf.greater(a, b), (a, b) => Number(a > b)],
  ["greaterEqual", (tf, a, b) => tf.greaterEqual(a, b), (a, b) => Number(a >= b)],
  ["less", (tf, a, b) => tf.less(a, b), (a, b) => Number(a < b)],
  ["lessEqual", (tf, a, b) => tf.lessEqual(a, b), (a, b) => Number(a <= b)],
  ["logicalAnd", (tf, a, b) => tf.logicalAnd(tf.greater(a, 0), tf.less(b, 0)), (a, b) => Number(a > 0 && b < 0)],
];

const pair = { a: { shape: [2, 3, 4] }, b: { shape: [3, 1] } };

export const elementwiseCases: readonly OperationCase[] = [
  ...unary.map(
    ([name, compute, value, low, high]): OperationCase => ({
      name,
      inputs: { x: { shape: [3, 7], low, high } },
      compute: ({ tf }, { x }) => compute(tf, x),
      reference: ({ x }) => map(x, value),
    }),
  ),
  ...binary.map(
    ([name, compute, value]): OperationCase => ({
      name: `${name}, broadcast`,
      inputs: pair,
      compute: ({ tf }, { a, b }) => compute(tf, a, b),
      reference: ({ a, b }) => combine(a, b, value),
    }),
  ),
  ...comparisons.map(
    ([name, compute, value]): OperationCase => ({
      name: `${name}, broadcast`,
      inputs: pair,
      compute: ({ tf }, { a, b }) => tf.cast(compute(tf, a, b), "float32"),
      reference: ({ a, b }) => combine(a, b, value),
      differentiable: false,
    }),
  ),
  {
    name: "addN",
    inputs: { a: { shape: [5] }, b: { shape: [5] } },
    compute: ({ tf }, { a, b }) => tf.addN([a, b, a]),
    reference: ({ a, b }) => build([5], ([i]) => 2 * a.data[i] + b.data[i]),
  },
];
