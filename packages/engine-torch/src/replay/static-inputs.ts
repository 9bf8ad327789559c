import type { HostRecord, HostTensor } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { ElementType, Handle } from "../addon.js";
import type { KernelContext } from "../kernels/kernel.js";

/** Where a captured pass reads its batch: tensors of the batch's own element types, written before each replay. */
export class StaticInputs {
  /** One value: the weight of the micro-batch. */
  readonly seed: Handle;
  readonly #context: KernelContext;
  readonly #tensors: readonly Handle[];

  constructor(context: KernelContext, batch: HostRecord) {
    const { torch } = context;
    this.#context = context;
    this.seed = torch.scalar(1, "float32");
    this.#tensors = Object.values(batch).map(({ data, shape }) =>
      torch.addon.upload(data, shape, elementTypeOf(data), torch.device),
    );
  }

  /** The batch as objectives see it, 8-bit values as float32. The conversion is a part of what is captured. */
  tensors(batch: HostRecord): readonly Tensor[] {
    const { tf, torch, backend } = this.#context;
    return Object.values(batch).map(({ data, shape }, index) => {
      const type = data instanceof Int32Array ? "int32" : "float32";
      // Under a name of its own: what is freed in the pass is not the input itself.
      const view = torch.call("alias", this.#tensors[index]);
      const value = torch.to(view, type);
      if (value !== view) torch.addon.dispose(view);
      return tf.engine().makeTensorFromTensorInfo(backend.output(value, type, [...shape]));
    });
  }

  write(batch: HostRecord, weight: number): void {
    const { torch } = this.#context;
    for (const [index, { data }] of Object.values(batch).entries()) torch.addon.write(this.#tensors[index], data);
    torch.addon.dispose(torch.call("fill_.Scalar", this.seed, weight));
  }

  dispose(): void {
    for (const each of [this.seed, ...this.#tensors]) this.#context.torch.addon.dispose(each);
  }
}

function elementTypeOf(data: HostTensor["data"]): ElementType {
  if (data instanceof Int32Array) return "int32";
  return data instanceof Float32Array ? "float32" : "uint8";
}
