import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Handle } from "../addon.js";
import type { DataEntry } from "../data-entry.js";
import type { KernelContext } from "./kernel.js";

/** The order in which libtorch's channels_last kernels read a filter (height, width, in, out). */
const physical = { dense: [3, 0, 1, 2], depthwise: [2, 3, 0, 1] } as const;

const laid = new WeakSet<DataEntry>();

/**
 * A filter's value. That of a variable is put into the order of libtorch's kernels the first time, and stays so: no step
 * moves it again.
 * @param filter (height, width, in, out); depthwise (height, width, channels, multiplier)
 */
export function laidFilter({ torch, backend }: KernelContext, filter: TensorInfo, depthwise: boolean): Handle {
  const entry = backend.entry(filter);
  const value = backend.value(filter);
  if ("trainable" in filter && !laid.has(entry)) {
    torch.observer?.once("a filter is in new memory, as Variable.assign gives it");
    laid.add(entry);
    rearrange(torch, value, physical[depthwise ? "depthwise" : "dense"]);
  }
  return value;
}

/** The same as libtorch's operators want it: (out, in / groups, height, width), channels_last. */
export function filterWeights(context: KernelContext, filter: TensorInfo, depthwise: boolean): Handle {
  const { torch } = context;
  const value = laidFilter(context, filter, depthwise);
  if (!depthwise) return torch.call("permute", value, [3, 2, 0, 1]);
  const [height, width, channels, multiplier] = filter.shape;
  const byChannel = torch.call("permute", value, [2, 3, 0, 1]);
  return multiplier === 1 ? byChannel : torch.call("reshape", byChannel, [channels * multiplier, 1, height, width]);
}

/** Under the same handle, so that a gradient that is being recorded still finds it. */
function rearrange(torch: KernelContext["torch"], value: Handle, order: readonly number[]): void {
  const before = torch.addon.setGradEnabled(false);
  try {
    const dense = torch.call("contiguous", torch.call("permute", value, order));
    const back = order.map((_, axis) => order.indexOf(axis));
    torch.calls("set_data", value, torch.call("permute", dense, back));
  } finally {
    torch.addon.setGradEnabled(before);
  }
}
