import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Handle } from "../addon.js";
import type { KernelContext } from "./kernel.js";

/** What tfjs's fused kernels may end with. @throws Error at a name that they don't have. */
export function activated(
  { torch, backend }: KernelContext,
  y: Handle,
  activation: string | undefined,
  slope?: TensorInfo,
  leak?: number,
): Handle {
  switch (activation) {
    case undefined:
    case null:
    case "linear":
      return y;
    case "relu":
      return torch.call("relu", y);
    case "relu6":
      return torch.call("hardtanh", y, 0, 6);
    case "elu":
      return torch.call("elu", y);
    case "sigmoid":
      return torch.call("sigmoid", y);
    case "leakyrelu":
      return torch.call("leaky_relu", y, leak ?? 0.2);
    case "prelu": {
      if (!slope) break;
      const negative = torch.call("mul.Tensor", torch.call("clamp", y, null, 0), backend.value(slope));
      return torch.call("add.Tensor", torch.call("relu", y), negative);
    }
  }
  throw new Error(`the engine torch has no fused activation ${activation}`);
}
