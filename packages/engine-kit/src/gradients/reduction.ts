import type { Tf } from "@eosin/plugin-api/learning";
import type { GradConfig, Tensor } from "@tensorflow/tfjs-core";

/** The stock gradients of these make an array of ones on the host, as large as the input, and upload it. */
export function reductionGradients(tf: Tf): readonly GradConfig[] {
  const config = (kernelName: string, weight: (summed: number) => number): GradConfig => ({
    kernelName,
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attrs) => ({
      x: () => {
        const axes = tf.util.parseAxisParam(attrs.axis as number | number[], x.shape);
        const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
        const each = tf.mul(tf.reshape(dy as Tensor, kept), weight(x.size / sizeOf(kept)));
        return tf.add(tf.zerosLike(x), each);
      },
    }),
  });
  return [config("Sum", () => 1), config("Mean", (summed) => 1 / summed)];
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
