import type { HostTensor, Tf } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import { createShapeBackend, type ShapeBackend } from "./backend.js";
import { convolutionKernels } from "./convolution-kernels.js";
import { elementwiseKernels } from "./elementwise-kernels.js";
import { layoutKernels } from "./layout-kernels.js";
import { Ledger } from "./ledger.js";
import { operationKernels } from "./operation-kernels.js";

/** In tfjs's registry. */
export const SHAPES = "shapes";

/** Of the process's one shape back end. */
export const ledger = new Ledger();

export function registerShapes(tf: Tf): void {
  if (tf.findBackendFactory(SHAPES)) return;
  tf.registerBackend(SHAPES, () => createShapeBackend(tf, ledger), 0);
  const kernels = { ...elementwiseKernels, ...layoutKernels, ...convolutionKernels, ...operationKernels };
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    tf.registerKernel({
      kernelName,
      backendName: SHAPES,
      kernelFunc: ({ inputs, attrs, backend }) =>
        kernel({ tf, backend: backend as ShapeBackend }, inputs as never, attrs),
    });
  }
}

/** A tensor of the shape, without values: nothing is copied from the host. */
export function uploadShape(tf: Tf, { data, shape }: HostTensor): Tensor {
  const backend = tf.backend() as ShapeBackend;
  return tf.engine().makeTensorFromTensorInfo(backend.output(shape, data instanceof Int32Array ? "int32" : "float32"));
}

/** Runs `compute` on shapes alone, whatever back end is current before and after. */
export async function withShapes<Result>(
  tf: Tf,
  compute: (upload: (host: HostTensor) => Tensor) => Result,
): Promise<Result> {
  const before = tf.getBackend();
  registerShapes(tf);
  await tf.setBackend(SHAPES);
  try {
    return compute((host) => uploadShape(tf, host));
  } finally {
    await tf.setBackend(before);
  }
}
