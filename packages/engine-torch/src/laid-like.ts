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

/** What an optimizer keeps takes the order in memory that its variable has, once: filters are laid out as convolutions read them. */
export function layLike(torch: Libtorch, kept: readonly Handle[], variables: readonly Handle[]): void {
  for (const [index, laid] of laidLike(torch, kept, variables).entries()) {
    if (laid !== kept[index]) torch.calls("set_data", kept[index], laid);
  }
}
