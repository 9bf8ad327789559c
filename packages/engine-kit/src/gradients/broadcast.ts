import type { Tf } from "@eosin/plugin-api/learning";
import type { GradConfig, GradFunc, Tensor } from "@tensorflow/tfjs-core";

/** The stock gradients of these don't sum over what was broadcast, and fail there. */
export function broadcastGradients(tf: Tf): readonly GradConfig[] {
  const summedTo = (gradient: Tensor, shape: readonly number[]): Tensor => {
    const axes = tf.broadcast_util.getReductionAxes([...shape], gradient.shape);
    return tf.reshape(axes.length > 0 ? tf.sum(gradient, axes) : gradient, [...shape]);
  };
  const config = (kernelName: string, slopes: (a: Tensor, b: Tensor) => readonly [Tensor, Tensor]): GradConfig => {
    const gradFunc: GradFunc = (dy, [a, b]) => ({
      a: () => summedTo(tf.mul(dy as Tensor, slopes(a, b)[0]), a.shape),
      b: () => summedTo(tf.mul(dy as Tensor, slopes(a, b)[1]), b.shape),
    });
    return { kernelName, inputsToSave: ["a", "b"], gradFunc };
  };
  const float = (condition: Tensor) => tf.cast(condition, "float32");
  return [
    config("Maximum", (a, b) => [float(tf.greaterEqual(a, b)), float(tf.less(a, b))]),
    config("Minimum", (a, b) => [float(tf.lessEqual(a, b)), float(tf.greater(a, b))]),
    config("SquaredDifference", (a, b) => [tf.mul(tf.sub(a, b), 2), tf.mul(tf.sub(b, a), 2)]),
  ];
}
