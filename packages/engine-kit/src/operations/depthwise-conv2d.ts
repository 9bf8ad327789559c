import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { OperationCase } from "../cases/case.js";
import { convolutions, dilatedConvolutions, titleOf } from "../cases/convolutions.js";
import { depthwiseConv2d as reference } from "../cases/reference/convolution.js";
import { paddedInput } from "./convolution-traits.js";
import { byPhases, checkDilation } from "./dilation.js";
import { defineOperation } from "./operation.js";

/** By tfjs's own kernel. */
export const depthwiseConv2d = defineOperation<"depthwiseConv2d", Record<never, never>>({
  name: "depthwiseConv2d",
  kernels: {},
  method: (context) => {
    const { tf, dilatedConvolution = false } = context;
    return (x, filter, { stride, padding, dilation = 1 }) => {
      checkDilation({ stride, dilation });
      if (dilation === 1 || dilatedConvolution) {
        const { input, pad } = paddedInput(context, x, padding);
        return tf.depthwiseConv2d(input, filter, stride, pad as "valid", "NHWC", dilation);
      }
      const [height, width] = filter.shape;
      return byPhases(tf, x, { stride, padding, dilation }, [height, width], (phases) =>
        tf.depthwiseConv2d(phases, filter, stride, "valid"),
      );
    };
  },
  cases: [
    ...[...convolutions, ...dilatedConvolutions].map(
      (spec): OperationCase => ({
        name: `depthwiseConv2d ${titleOf(spec)}`,
        inputs: { x: { shape: [2, ...spec.size, 5] }, filter: { shape: [...spec.extent, 5, 1] } },
        compute: ({ ops }, { x, filter }) => ops.depthwiseConv2d(x as Tensor4D, filter as Tensor4D, spec),
        reference: ({ x, filter }) => reference(x, filter, spec.stride, spec.padding, spec.dilation),
      }),
    ),
    ...[3, 5].map(
      (extent): OperationCase => ({
        name: `depthwiseConv2d ${extent}×${extent}, stride 2, of many channels`,
        inputs: { x: { shape: [1, 6, 7, 21] }, filter: { shape: [extent, extent, 21, 1] } },
        compute: ({ ops }, { x, filter }) =>
          ops.depthwiseConv2d(x as Tensor4D, filter as Tensor4D, { stride: 2, padding: [1, 2, 1, 1] }),
        reference: ({ x, filter }) => reference(x, filter, 2, [1, 2, 1, 1]),
      }),
    ),
  ],
});
