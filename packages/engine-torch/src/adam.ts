import { adamDecay } from "@eosin/engine-kit";
import type { EngineOps } from "@eosin/plugin-api/learning";
import type { Handle } from "./addon.js";
import type { KernelContext } from "./kernels/kernel.js";
import { laidLike, layLike } from "./laid-like.js";
import type { Libtorch } from "./libtorch.js";

type Updates = Parameters<EngineOps["adam"]>[0];
type Settings = Parameters<EngineOps["adam"]>[1];

/** All of the same order, sizes and strides. */
interface Lists {
  readonly variables: readonly Handle[];
  readonly gradients: readonly Handle[];
  readonly firsts: readonly Handle[];
  readonly seconds: readonly Handle[];
}

/**
 * One step over all variables at once, in place (Kingma & Ba, 2015, algorithm 1; ε outside the root), with
 * weight decay in the gradient or decoupled (Loshchilov & Hutter, 2019). The caller sees to it
 * that nothing shares the data of what is written.
 */
export function adam({ torch, backend }: KernelContext, updates: Updates, settings: Settings): void {
  torch.observer?.once("variables are updated");
  const variables = updates.map(({ variable }) => backend.value(variable));
  const gradients = updates.map(({ gradient }) => torch.to(backend.value(gradient), "float32"));
  const firsts = updates.map(({ first }) => backend.value(first));
  const seconds = updates.map(({ second }) => backend.value(second));
  for (const moments of [firsts, seconds]) layLike(torch, moments, variables);
  if (torch.fused) {
    const { step, learningRate, beta1, beta2, epsilon } = settings;
    const { intoGradient, shrink } = adamDecay(settings);
    const numbers = [step, learningRate, beta1, beta2, epsilon, intoGradient, shrink];
    torch.calls("eosin::adam_", variables, gradients, firsts, seconds, ...numbers);
    return;
  }
  // Lists of other strides are updated tensor by tensor.
  const lists = { variables, gradients: laidLike(torch, gradients, variables), firsts, seconds };
  if (hasSinglePass(torch, settings)) singlePass(torch, lists, settings);
  else byLists(torch, lists, settings);
}

/** Older ones have it for GPUs alone. */
const hasSinglePass = (torch: Libtorch, settings: Settings): boolean =>
  torch.has(singlePassName(settings)) && (torch.device !== "cpu" || !torch.version.startsWith("1."));

const singlePassName = ({ decoupled }: Settings): string => (decoupled ? "_fused_adamw_" : "_fused_adam_");

function singlePass(torch: Libtorch, { variables, gradients, firsts, seconds }: Lists, settings: Settings): void {
  const { step, learningRate, beta1, beta2, epsilon, weightDecay } = settings;
  const count = torch.scalar(step, "float32");
  const counts = variables.map(() => count);
  const numbers = [learningRate, beta1, beta2, weightDecay, epsilon];
  torch.calls(singlePassName(settings), variables, gradients, firsts, seconds, [], counts, ...numbers, false, false);
}

function byLists(torch: Libtorch, { variables, gradients, firsts, seconds }: Lists, settings: Settings): void {
  const { step, learningRate, beta1, beta2, epsilon } = settings;
  const { intoGradient, shrink } = adamDecay(settings);
  const slopes = intoGradient === 0 ? gradients : torch.calls("_foreach_add.List", gradients, variables, intoGradient);
  if (shrink !== 1) torch.calls("_foreach_mul_.Scalar", variables, shrink);
  torch.calls("_foreach_mul_.Scalar", firsts, beta1);
  torch.calls("_foreach_add_.List", firsts, slopes, 1 - beta1);
  torch.calls("_foreach_mul_.Scalar", seconds, beta2);
  torch.calls("_foreach_addcmul_.Scalar", seconds, slopes, slopes, 1 - beta2);
  const deviations = torch.calls("_foreach_sqrt", seconds);
  torch.calls("_foreach_div_.Scalar", deviations, Math.sqrt(1 - beta2 ** step));
  torch.calls("_foreach_add_.Scalar", deviations, epsilon);
  torch.calls("_foreach_addcdiv_.Scalar", variables, firsts, deviations, -learningRate / (1 - beta1 ** step));
}
