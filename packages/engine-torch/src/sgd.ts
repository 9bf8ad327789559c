import type { EngineOps } from "@eosin/plugin-api/learning";
import type { KernelContext } from "./kernels/kernel.js";
import { laidLike, layLike } from "./laid-like.js";

type Updates = Parameters<EngineOps["sgd"]>[0];
type Settings = Parameters<EngineOps["sgd"]>[1];

/**
 * One step over all variables at once, in place, by libtorch's operators over lists. The caller sees to it that nothing
 * shares the data of what is written.
 */
export function sgd(
  { torch, backend }: KernelContext,
  updates: Updates,
  { learningRate, momentum, nesterov, weightDecay }: Settings,
): void {
  torch.observer?.once("variables are updated");
  const variables = updates.map(({ variable }) => backend.value(variable));
  const given = updates.map(({ gradient }) => torch.to(backend.value(gradient), "float32"));
  // Lists of other strides are updated tensor by tensor.
  const gradients = laidLike(torch, given, variables);
  const slopes = weightDecay === 0 ? gradients : torch.calls("_foreach_add.List", gradients, variables, weightDecay);
  let directions = slopes;
  const velocities = updates.flatMap(({ velocity }) => (velocity ? [backend.value(velocity)] : []));
  if (velocities.length > 0) {
    layLike(torch, velocities, variables);
    torch.calls("_foreach_mul_.Scalar", velocities, momentum);
    torch.calls("_foreach_add_.List", velocities, slopes, 1);
    directions = nesterov ? torch.calls("_foreach_add.List", slopes, velocities, momentum) : velocities;
  }
  torch.calls("_foreach_add_.List", variables, directions, -learningRate);
}
