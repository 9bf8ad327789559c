import type { EngineOps } from "@eosin/plugin-api/learning";
import type { Handle } from "./addon.js";
import type { KernelContext } from "./kernels/kernel.js";

type Updates = Parameters<EngineOps["adam"]>[0];
type Settings = Parameters<EngineOps["adam"]>[1];

/**
 * One step over all variables at once, in place (Kingma & Ba, 2015, algorithm 1; ε outside the root). The caller sees to it
 * that nothing shares the data of what is written.
 */
export function adam({ torch, backend }: KernelContext, updates: Updates, settings: Settings): void {
  const variables = updates.map(({ variable }) => backend.value(variable));
  const gradients = updates.map(({ gradient }) => torch.to(backend.value(gradient), "float32"));
  const moments = (["first", "second"] as const).map((name) =>
    updates.map(({ [name]: moment }, index) => alignedWith(variables[index], backend.value(moment))),
  );
  const [firsts, seconds] = moments;
  const { step, learningRate, beta1, beta2, epsilon, weightDecay } = settings;
  if (torch.fused) {
    const numbers = [step, learningRate, beta1, beta2, epsilon, weightDecay];
    torch.calls("eosin::adam_", variables, gradients, firsts, seconds, ...numbers);
    return;
  }
  const slopes = weightDecay === 0 ? gradients : torch.calls("_foreach_add.List", gradients, variables, weightDecay);
  torch.calls("_foreach_mul_.Scalar", firsts, beta1);
  torch.calls("_foreach_add_.List", firsts, slopes, 1 - beta1);
  torch.calls("_foreach_mul_.Scalar", seconds, beta2);
  torch.calls("_foreach_addcmul_.Scalar", seconds, slopes, slopes, 1 - beta2);
  const deviations = torch.calls("_foreach_sqrt", seconds);
  torch.calls("_foreach_div_.Scalar", deviations, Math.sqrt(1 - beta2 ** step));
  torch.calls("_foreach_add_.Scalar", deviations, epsilon);
  torch.calls("_foreach_addcdiv_.Scalar", variables, firsts, deviations, -learningRate / (1 - beta1 ** step));

  /** Moments take the order in memory that their variable has, once: filters are laid as convolutions read them. */
  function alignedWith(variable: Handle, moment: Handle): Handle {
    const [want, have] = [torch.addon.strides(variable), torch.addon.strides(moment)];
    if (want.every((stride, axis) => stride === have[axis])) return moment;
    torch.calls("set_data", moment, torch.call("copy_", torch.call("empty_like", variable), moment));
    return moment;
  }
}
