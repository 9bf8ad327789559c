import type { Handle } from "./addon.js";
import type { Libtorch } from "./libtorch.js";

/** The values in the order in memory that another tensor of the shape has: themselves where they are. */
export function laidLike(torch: Libtorch, value: Handle, like: Handle): Handle {
  const [want, have] = [torch.addon.strides(like), torch.addon.strides(value)];
  if (want.every((stride, axis) => stride === have[axis])) return value;
  const laid = torch.call("empty_like", like);
  torch.addon.dispose(torch.call("copy_", laid, value));
  return laid;
}
