import { type ResizeAttributes, type ResizeKernelName, resize } from "@eosin/engine-kit";
import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";

/** libtorch's resizing knows two of tfjs's sampling rules out of three: as matrix products all are there, and differentiable. */
export function registerResizing(tf: Tf, backendName: string): void {
  for (const kernelName of ["ResizeNearestNeighbor", "ResizeBilinear"] satisfies ResizeKernelName[]) {
    if (tf.getKernel(kernelName, backendName)) continue;
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs }) =>
        tf.tidy(() =>
          resize(
            tf,
            kernelName,
            inputs.images as Tensor as Tensor4D,
            attrs as unknown as ResizeAttributes & { size: [number, number] },
          ),
        ),
    });
  }
}
