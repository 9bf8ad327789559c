import { activate, activationGradient } from "./activation.js";
import { jointGradient, type Operation, runKernel } from "./operation.js";

export const silu: Operation = {
  kernels: {
    EosinSilu: (tf, { x }) => [activate(tf, x, "silu")],
    EosinSiluGrad: (tf, { dy, x }) => [activationGradient(tf, dy, x, "silu")],
  },
  gradients: (tf) => [
    {
      kernelName: "EosinSilu",
      inputsToSave: ["x"],
      gradFunc: jointGradient(["x"], (dy, [x]) => runKernel(tf, "EosinSiluGrad", { dy, x }, {})),
    },
  ],
};
