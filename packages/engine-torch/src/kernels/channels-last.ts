import type { Handle } from "../addon.js";
import type { Geometry } from "./geometry.js";
import type { KernelContext } from "./kernel.js";

/** NHWC as libtorch wants to see it: NCHW with the strides of channels_last. Nothing moves. */
export const toNchw = ({ torch }: KernelContext, x: Handle): Handle => torch.call("permute", x, [0, 3, 1, 2]);
export const toNhwc = ({ torch }: KernelContext, x: Handle): Handle => torch.call("permute", x, [0, 2, 3, 1]);

/** Zeros (or `value`) around, or a crop where a side is negative. @param x NCHW */
export function padded(
  { torch }: KernelContext,
  x: Handle,
  { top, bottom, left, right }: Pick<Geometry, "top" | "bottom" | "left" | "right">,
  value = 0,
): Handle {
  return torch.call("constant_pad_nd", x, [left, right, top, bottom], value);
}
