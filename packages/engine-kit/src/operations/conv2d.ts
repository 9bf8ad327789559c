import type { EngineOps } from "@eosin/plugin-api/learning";
import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import type { OperationCase } from "../cases/case.js";
import { convolutions, dilatedConvolutions, titleOf } from "../cases/convolutions.js";
import { conv2d as reference } from "../cases/reference/convolution.js";
import { doubled } from "../cases/reference/doubled.js";
import { combine } from "../cases/reference/nd-array.js";
import { paddedInput } from "./convolution-traits.js";
import { byPhases, checkDilation } from "./dilation.js";
import { defineOperation } from "./operation.js";

/** By tfjs's own kernels. */
export const conv2d = defineOperation<"conv2d", Record<never, never>>({
  name: "conv2d",
  kernels: {},
  method: (context) => {
    const { tf, convolutionBias = false, dilatedConvolution = false } = context;
    const convolve: EngineOps["conv2d"] = (x, filter, { stride, padding, dilation = 1, bias }) => {
      const { input, pad } = paddedInput(context, x, padding);
      // The kernel itself: `tf.fused.conv2d` brings a gradient of tfjs's along.
      if (bias && convolutionBias) {
        const dilations = [dilation, dilation];
        const attrs = { strides: [stride, stride], pad, dataFormat: "NHWC", dilations, activation: "linear" };
        return tf.engine().runKernel("FusedConv2D", { x: input, filter, bias }, attrs as never) as Tensor4D;
      }
      const y = tf.conv2d(input, filter, stride, pad, "NHWC", dilation);
      return bias ? tf.add(y, bias) : y;
    };
    return (x, filter, how) => {
      const { stride, padding, dilation = 1, bias } = how;
      checkDilation({ stride, dilation });
      if (dilation === 1 || dilatedConvolution) return convolve(x, filter, how);
      const [height, width] = filter.shape;
      return byPhases(tf, x, { stride, padding, dilation }, [height, width], (phases) =>
        convolve(phases, filter, { stride, padding: [0, 0, 0, 0], bias }),
      );
    };
  },
  cases: [
    ...[...convolutions, ...dilatedConvolutions].map(
      (spec): OperationCase => ({
        name: `conv2d ${titleOf(spec)}`,
        inputs: { x: { shape: [2, ...spec.size, 3] }, filter: { shape: [...spec.extent, 3, 4] } },
        compute: ({ ops }, { x, filter }) => ops.conv2d(x as Tensor4D, filter as Tensor4D, spec),
        reference: ({ x, filter }) => reference(x, filter, spec.stride, spec.padding, spec.dilation),
      }),
    ),
    // Heads of networks: few outputs, more channels than a vector has, more rows than one goes over at once.
    ...[1, 2, 3, 5, 8].map(
      (outputs): OperationCase => ({
        name: `conv2d with bias, to ${outputs}`,
        inputs: { x: { shape: [1, 17, 3, 18] }, filter: { shape: [3, 3, 18, outputs] }, bias: { shape: [outputs] } },
        compute: ({ ops }, { x, filter, bias }) =>
          ops.conv2d(x as Tensor4D, filter as Tensor4D, { stride: 1, padding: [1, 1, 1, 1], bias: bias as Tensor1D }),
        reference: ({ x, filter, bias }) => combine(reference(x, filter, 1, [1, 1, 1, 1]), bias, (y, b) => y + b),
      }),
    ),
    {
      // Stock filter gradients are least exact where each weight gathers from many pixels.
      name: "conv2d of many channels",
      inputs: { x: { shape: [1, 5, 5, 33] }, filter: { shape: [1, 1, 33, 5] } },
      compute: ({ ops }, { x, filter }) =>
        ops.conv2d(x as Tensor4D, filter as Tensor4D, { stride: 1, padding: [0, 0, 0, 0] }),
      reference: ({ x, filter }) => reference(x, filter, 1, [0, 0, 0, 0]),
    },
    // Engines may convolve without making the doubled tensor.
    overDoubled("conv2d 3×3 over upsample2Concat", { x: [2, 2, 3, 5], skip: [2, 4, 6, 3], filter: [3, 3, 8, 4] }),
    overDoubled("conv2d 1×1 over upsample2Concat", { x: [2, 2, 3, 5], skip: [2, 4, 6, 3], filter: [1, 1, 8, 4] }),
    // More than kernels take at once, and not a multiple of it.
    overDoubled("conv2d 3×3 over upsample2Concat, of many channels", {
      x: [1, 2, 2, 19],
      skip: [1, 4, 4, 3],
      filter: [3, 3, 22, 18],
    }),
    overDoubled("conv2d 3×3 over upsample2Concat without a skip", { x: [1, 3, 2, 5], filter: [3, 3, 5, 4] }),
  ],
});

type Shape = readonly number[];

/** With as much padding as keeps the size. */
function overDoubled(name: string, shapes: { x: Shape; skip?: Shape; filter: Shape }): OperationCase {
  const side = (shapes.filter[0] - 1) / 2;
  const padding = [side, side, side, side] as const;
  return {
    name,
    inputs: Object.fromEntries(Object.entries(shapes).map(([input, shape]) => [input, { shape }])),
    compute: ({ ops }, { x, skip, filter }) =>
      ops.conv2d(ops.upsample2Concat(x as Tensor4D, skip as Tensor4D | undefined), filter as Tensor4D, {
        stride: 1,
        padding,
      }),
    reference: ({ x, skip, filter }) => reference(doubled(x, skip), filter, 1, padding),
  };
}
