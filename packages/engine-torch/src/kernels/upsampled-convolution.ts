import type { Handle } from "../addon.js";
import type { Deferred } from "../data-entry.js";
import type { Geometry } from "./geometry.js";
import type { KernelContext } from "./kernel.js";

/**
 * A 3×3 convolution over [nearest ×2 of x, skip], without making either: over the doubled pixels it is a transposed 4×4
 * convolution of stride 2 (4 products a pixel in the place of 9), over the skip one of its own.
 * @param filter (3, 3, in, out). @returns NHWC; undefined where the convolution is of another form.
 */
export function upsampledConvolution(
  { torch, backend }: KernelContext,
  { parts: [x, skip] }: Deferred,
  filter: Handle,
  { strides, dilations, extent, groups, symmetric, top, left }: Geometry,
): Handle | undefined {
  // Older ones mistake a transposed convolution in bfloat16 for a plain one.
  if (backend.half && torch.version.startsWith("1.")) return undefined;
  const ones = [...strides, ...dilations, top, left, groups].every((value) => value === 1);
  if (!ones || !symmetric || extent[0] !== 3 || extent[1] !== 3) return undefined;
  return torch.call("eosin::upsampled_conv2d", x, skip, filter, backend.half);
}
