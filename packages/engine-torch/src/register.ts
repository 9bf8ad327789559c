import type { Tf } from "@eosin/plugin-api/learning";
import type { NamedAttrMap, NamedTensorInfoMap } from "@tensorflow/tfjs-core";
import { createTorchBackend, type TorchBackend } from "./backend.js";
import { binaryKernels } from "./kernels/binary.js";
import { convolutionKernels } from "./kernels/convolution.js";
import { creationKernels } from "./kernels/creation.js";
import { eosinKernels } from "./kernels/eosin.js";
import { gatheringKernels } from "./kernels/gathering.js";
import { hostKernel, hostKernelNames } from "./kernels/host.js";
import type { Kernel, KernelContext, Kernels } from "./kernels/kernel.js";
import { layoutKernels } from "./kernels/layout.js";
import { normalizationKernels } from "./kernels/normalization.js";
import { poolingKernels } from "./kernels/pooling.js";
import { productKernels } from "./kernels/products.js";
import { reductionKernels } from "./kernels/reduction.js";
import { unaryKernels } from "./kernels/unary.js";
import type { Libtorch } from "./libtorch.js";

const kernels: Kernels = {
  ...unaryKernels,
  ...binaryKernels,
  ...reductionKernels,
  ...productKernels,
  ...layoutKernels,
  ...gatheringKernels,
  ...creationKernels,
  ...convolutionKernels,
  ...poolingKernels,
  ...normalizationKernels,
  // tfjs calls kernels by name: here their types end.
  ...(eosinKernels as unknown as Kernels),
};

/**
 * Makes libtorch a back end of tfjs.
 * @param name In tfjs's registry: one for each device and precision.
 * @param half Whether results of convolutions and of what is between them are kept as bfloat16.
 */
export async function registerTorch(tf: Tf, name: string, torch: Libtorch, half: boolean): Promise<KernelContext> {
  let backend = tf.findBackend(name) as TorchBackend | null;
  if (backend) return { tf, torch: backend.torch, backend };
  backend = createTorchBackend(tf, torch, half);
  const context: KernelContext = { tf, torch, backend };
  const made = backend;
  tf.registerBackend(name, () => made, 0);
  const register = (kernelName: string, kernel: Kernel) => {
    tf.registerKernel({
      kernelName,
      backendName: name,
      kernelFunc: ({ inputs, attrs }: { inputs: NamedTensorInfoMap; attrs?: NamedAttrMap }) => {
        torch.observer?.kernel(kernelName, attrs);
        return made.scoped(() => kernel(context, inputs as never, attrs ?? {}));
      },
    });
  };
  for (const [kernelName, kernel] of Object.entries(kernels)) register(kernelName, kernel);
  for (const kernelName of hostKernelNames) {
    const kernel = hostKernel(context, kernelName);
    if (kernel) register(kernelName, kernel);
  }
  return context;
}
