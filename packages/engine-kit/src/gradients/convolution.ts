import type { Tf } from "@eosin/plugin-api/learning";
import type { GradConfig, NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";

/**
 * Of a convolution with a bias and no activation. tfjs has none for the kernel: `tf.fused.conv2d` brings its own along, which
 * keeps libtorch from recording.
 */
export function convolutionGradients(tf: Tf): readonly GradConfig[] {
  const run = (kernelName: string, inputs: NamedTensorMap, attrs: object) =>
    tf.engine().runKernel(kernelName, inputs, attrs as never) as Tensor;
  return [
    {
      kernelName: "FusedConv2D",
      inputsToSave: ["x", "filter"],
      gradFunc: (dy, [x, filter], attrs) => {
        if (attrs.activation !== "linear") throw new Error(`no gradient of a convolution with ${attrs.activation}`);
        const incoming = { dy: dy as Tensor };
        return {
          x: () => run("Conv2DBackpropInput", { ...incoming, filter }, { ...attrs, inputShape: x.shape }),
          filter: () => run("Conv2DBackpropFilter", { ...incoming, x }, { ...attrs, filterShape: filter.shape }),
          bias: () => tf.sum(incoming.dy, [0, 1, 2]),
        };
      },
    },
  ];
}
