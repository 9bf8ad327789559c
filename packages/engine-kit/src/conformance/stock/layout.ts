import type { OperationCase } from "../../cases/case.js";
import { at, build, sum } from "../../cases/reference/nd-array.js";

export const layoutCases: readonly OperationCase[] = [
  {
    name: "concat over channels",
    inputs: { a: { shape: [2, 2, 2, 3] }, b: { shape: [2, 2, 2, 1] } },
    compute: ({ tf }, { a, b }) => tf.concat([a, b], 3),
    reference: ({ a, b }) => build([2, 2, 2, 4], ([n, i, j, k]) => (k < 3 ? at(a, n, i, j, k) : at(b, n, i, j, k - 3))),
  },
  {
    name: "slice",
    inputs: { x: { shape: [3, 4, 5] } },
    compute: ({ tf }, { x }) => tf.slice(x, [1, 0, 2], [2, 3, 2]),
    reference: ({ x }) => build([2, 3, 2], ([i, j, k]) => at(x, i + 1, j, k + 2)),
  },
  {
    name: "split and stack",
    inputs: { x: { shape: [3, 6] } },
    compute: ({ tf }, { x }) => {
      const [a, b, c] = tf.split(x, 3, 1);
      return tf.stack([a, tf.mul(b, 2), c], 1);
    },
    reference: ({ x }) => build([3, 3, 2], ([i, part, k]) => at(x, i, part * 2 + k) * (part === 1 ? 2 : 1)),
  },
  {
    name: "unstack, one part unused",
    inputs: { x: { shape: [3, 4] } },
    compute: ({ tf }, { x }) => {
      const [a, , c] = tf.unstack(x, 0);
      return tf.mul(a, c);
    },
    reference: ({ x }) => build([4], ([i]) => at(x, 0, i) * at(x, 2, i)),
  },
  {
    name: "pad",
    inputs: { x: { shape: [2, 3, 3, 2] } },
    compute: ({ tf }, { x }) => tf.pad(x, [[0, 0], [1, 0], [0, 2], [0, 0]]), // biome-ignore format: one row an axis
    reference: ({ x }) => build([2, 4, 5, 2], ([n, i, j, k]) => (i >= 1 && j < 3 ? at(x, n, i - 1, j, k) : 0)),
  },
  {
    name: "transpose",
    inputs: { x: { shape: [2, 3, 4] } },
    compute: ({ tf }, { x }) => tf.transpose(x, [2, 0, 1]),
    reference: ({ x }) => build([4, 2, 3], ([i, j, k]) => at(x, j, k, i)),
  },
  {
    name: "reshape and expandDims",
    inputs: { x: { shape: [2, 6] } },
    compute: ({ tf }, { x }) => tf.expandDims(tf.reshape(x, [3, -1]), 1),
    reference: ({ x }) => ({ shape: [3, 1, 4], data: x.data }),
  },
  {
    name: "tile",
    inputs: { x: { shape: [2, 1, 3, 1] } },
    compute: ({ tf }, { x }) => tf.tile(x, [1, 2, 1, 3]),
    reference: ({ x }) => build([2, 2, 3, 3], ([n, , j]) => at(x, n, 0, j, 0)),
  },
  {
    name: "broadcastTo",
    inputs: { x: { shape: [2, 1, 3] } },
    compute: ({ tf }, { x }) => tf.broadcastTo(x, [2, 4, 3]),
    reference: ({ x }) => build([2, 4, 3], ([n, , k]) => at(x, n, 0, k)),
  },
  {
    name: "gather",
    inputs: { x: { shape: [4, 3] } },
    compute: ({ tf }, { x }) => tf.gather(x, tf.tensor1d([2, 0, 2], "int32")),
    reference: ({ x }) => build([3, 3], ([i, k]) => at(x, [2, 0, 2][i], k)),
  },
  {
    name: "reverse",
    inputs: { x: { shape: [2, 3, 2] } },
    compute: ({ tf }, { x }) => tf.reverse(x, 1),
    reference: ({ x }) => build([2, 3, 2], ([n, i, k]) => at(x, n, 2 - i, k)),
  },
  {
    name: "cumsum",
    inputs: { x: { shape: [2, 5] } },
    compute: ({ tf }, { x }) => tf.cumsum(x, 1),
    reference: ({ x }) =>
      build([2, 5], ([n, i]) => x.data.slice(n * 5, n * 5 + i + 1).reduce((total, value) => total + value, 0)),
  },
  {
    name: "one tensor used three times",
    inputs: { x: { shape: [2, 3] } },
    compute: ({ tf }, { x }) => tf.add(tf.mul(x, x), tf.sum(x)),
    reference: ({ x }) => {
      const total = sum(x).data[0];
      return build([2, 3], ([i, j]) => at(x, i, j) ** 2 + total);
    },
  },
];
