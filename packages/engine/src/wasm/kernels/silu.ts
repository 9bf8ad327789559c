import { defineEosinKernel } from "./wasm-kernel.js";

/** x · sigmoid(x) (Hendrycks & Gimpel 2016; Elfwing, Uchibe & Doya 2018). */
export const silu = defineEosinKernel("EosinSilu", ({ tf, native, pointer, output }) => ({ x }) => {
  const y = output(x.shape);
  native.silu(pointer(x), pointer(y), tf.util.sizeFromShape(x.shape));
  return y;
});

export const siluGrad = defineEosinKernel("EosinSiluGrad", ({ tf, native, pointer, output }) => ({ dy, x }) => {
  const dx = output(x.shape);
  native.siluGrad(pointer(dy), pointer(x), pointer(dx), tf.util.sizeFromShape(x.shape));
  return dx;
});
