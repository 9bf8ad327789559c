import type { Handle } from "./addon.js";
import type { Libtorch } from "./libtorch.js";

/** The same values, each in the order in memory that its like of the same shape has: themselves where they are. */
export function laidLike(torch: Libtorch, values: readonly Handle[], likes: readonly Handle[]): readonly Handle[] {
  const { addon } = torch;
  const laid = [...values];
  for (const index of addon.otherwiseLaid(values, likes)) {
    laid[index] = torch.call("empty_like", likes[index]);
    addon.dispose(torch.call("copy_", laid[index], values[index]));
  }
  return laid;
}
