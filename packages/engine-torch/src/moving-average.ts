import type { EngineOps } from "@eosin/plugin-api/learning";
import type { KernelContext } from "./kernels/kernel.js";
import { layLike } from "./laid-like.js";

type Updates = Parameters<EngineOps["movingAverage"]>[0];
type Settings = Parameters<EngineOps["movingAverage"]>[1];

/**
 * Moves all averages at once, in place, by libtorch's operators over lists. The caller sees to it that nothing shares the
 * data of what is written.
 */
export function movingAverage({ torch, backend }: KernelContext, updates: Updates, { decay }: Settings): void {
  torch.observer?.once("averages are moved");
  const variables = updates.map(({ variable }) => backend.value(variable));
  const averages = updates.map(({ average }) => backend.value(average));
  // Lists of other strides are moved tensor by tensor.
  layLike(torch, averages, variables);
  if (torch.has("_foreach_lerp_.Scalar")) {
    torch.calls("_foreach_lerp_.Scalar", averages, variables, 1 - decay);
    return;
  }
  torch.calls("_foreach_mul_.Scalar", averages, decay);
  torch.calls("_foreach_add_.List", averages, variables, 1 - decay);
}
