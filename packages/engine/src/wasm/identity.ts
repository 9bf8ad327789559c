import type { Tf } from "@eosin/plugin-api/learning";

/**
 * The stock kernel copies the values, and tfjs's tape calls it for every tensor that it keeps. This one counts another
 * reference to the same data, as the other back ends do.
 */
export function registerIdentity(tf: Tf): void {
  tf.unregisterKernel("Identity", "wasm");
  tf.registerKernel({
    kernelName: "Identity",
    backendName: "wasm",
    kernelFunc: ({ inputs: { x }, backend }) => {
      const { dataId, shape, dtype } = x as { dataId: object; shape: number[]; dtype: "float32" };
      (backend as { incRef(dataId: object): void }).incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
}
