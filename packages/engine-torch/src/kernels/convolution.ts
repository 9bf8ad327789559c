import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Handle } from "../addon.js";
import { activated } from "./activation.js";
import { padded, toNchw, toNhwc } from "./channels-last.js";
import { filterWeights, laidFilter } from "./filter.js";
import { type Geometry, geometryOf } from "./geometry.js";
import { type Attributes, floats, type Kernel, type KernelContext, type Kernels, stored } from "./kernel.js";
import { upsampledConvolution } from "./upsampled-convolution.js";

function forward(
  context: KernelContext,
  x: TensorInfo,
  filter: TensorInfo,
  bias: TensorInfo | undefined,
  attrs: Attributes,
  depthwise: boolean,
): Handle {
  const { torch, backend } = context;
  const geometry = geometryOf(context, x.shape, filter.shape, attrs, depthwise);
  const weights = laidFilter(context, filter, depthwise);
  const entry = backend.entry(x);
  if (entry.handle === undefined && entry.deferred && !bias) {
    const y = upsampledConvolution(context, entry.deferred, weights, geometry);
    if (y !== undefined) return y;
  }
  const { strides, dilations, symmetric, top, bottom, left, right } = geometry;
  let input = backend.value(x);
  if (!symmetric) input = torch.call("constant_pad_nd", input, [0, 0, left, right, top, bottom], 0);
  const padding = symmetric ? [top, left] : [0, 0];
  const shift = bias ? backend.value(bias) : null;
  return torch.call("eosin::conv2d", input, weights, shift, strides, padding, dilations, depthwise, backend.half);
}

const convolution =
  (depthwise: boolean): Kernel =>
  (context, { x, filter }, attrs) =>
    context.backend.output(forward(context, x, filter, undefined, attrs, depthwise), "float32");

const fusedConvolution =
  (depthwise: boolean): Kernel =>
  (context, { x, filter, bias, preluActivationWeights }, attrs) => {
    const y = forward(context, x, filter, bias, attrs, depthwise);
    const { activation, leakyreluAlpha } = attrs;
    return context.backend.output(activated(context, y, activation, preluActivationWeights, leakyreluAlpha), "float32");
  };

/** `convolution_backward` for one of its inputs; of the other only the shape is read, and so only that is given. */
function backward(
  context: KernelContext,
  { dy, x, weights }: { readonly dy: Handle; readonly x: Handle; readonly weights: Handle },
  { strides, dilations, groups, symmetric, top, left }: Geometry,
  of: "input" | "filter",
): Handle {
  const padding = symmetric ? [top, left] : [0, 0];
  const mask = [of === "input", of === "filter", false];
  const operands = [dy, x, weights, null, strides, padding, dilations, false, [0, 0], groups, mask];
  const results = context.torch.calls("convolution_backward", ...operands);
  return results[of === "input" ? 0 : 1];
}

/** A tensor of a shape, whose values nobody reads. */
const shapeOnly = ({ torch }: KernelContext, shape: readonly number[], like: Handle): Handle =>
  torch.call("expand", torch.scalar(0, torch.addon.dtype(like)), shape);

/**
 * Also `tf.conv2dTranspose`. A transposed convolution, whose own gradients libtorch computes as fast as those of any other; the
 * second derivatives of `convolution_backward` are slow.
 */
const inputGradient =
  (depthwise: boolean): Kernel =>
  (context, { dy, filter }, attrs) => {
    const { torch, backend } = context;
    const [batch, height, width, channels] = attrs.inputShape as number[];
    const geometry = geometryOf(context, attrs.inputShape, filter.shape, attrs, depthwise);
    const { strides, dilations, extent, groups, symmetric, top, bottom, left, right } = geometry;
    const weights = stored(context, filterWeights(context, filter, depthwise));
    const incoming = toNchw(context, stored(context, backend.value(dy)));
    const size = symmetric ? [height, width] : [height + top + bottom, width + left + right];
    const padding = symmetric ? [top, left] : [0, 0];
    // What a stride leaves over at the end: no window begins there.
    const rest = size.map((side, axis) => {
      const reached = (dy.shape[axis + 1] - 1) * strides[axis] + extent[axis] - 2 * padding[axis];
      return side - reached;
    });
    const operands = [incoming, weights, null, strides, padding, dilations, true, rest, groups];
    // Older ones mistake a transposed convolution in bfloat16 for a plain one.
    const mistaken = backend.half && torch.version.startsWith("1.");
    const gradient = mistaken
      ? backward(
          context,
          { dy: incoming, x: shapeOnly(context, [batch, channels, ...size], incoming), weights },
          geometry,
          "input",
        )
      : torch.call("convolution", ...operands);
    const cropped = symmetric
      ? gradient
      : padded(context, gradient, { top: -top, bottom: -bottom, left: -left, right: -right });
    return backend.output(toNhwc(context, cropped), "float32");
  };

const filterGradient =
  (depthwise: boolean): Kernel =>
  (context, { x, dy }, attrs) => {
    const { torch, backend } = context;
    const geometry = geometryOf(context, x.shape, attrs.filterShape, attrs, depthwise);
    const [height, width, inner, outer] = attrs.filterShape as number[];
    const input = toNchw(context, stored(context, backend.value(x)));
    const around = geometry.symmetric ? input : padded(context, input, geometry);
    const shape = depthwise ? [inner * outer, 1, height, width] : [outer, inner, height, width];
    const weights = shapeOnly(context, shape, input);
    const incoming = toNchw(context, stored(context, backend.value(dy)));
    const gradient = backward(context, { dy: incoming, x: around, weights }, geometry, "filter");
    const logical = depthwise
      ? torch.call("permute", torch.call("reshape", gradient, [inner, outer, height, width]), [2, 3, 0, 1])
      : torch.call("permute", gradient, [2, 3, 1, 0]);
    return backend.output(floats(context, logical), "float32");
  };

export const convolutionKernels: Kernels = {
  Conv2D: convolution(false),
  FusedConv2D: fusedConvolution(false),
  Conv2DBackpropInput: inputGradient(false),
  Conv2DBackpropFilter: filterGradient(false),
  DepthwiseConv2dNative: convolution(true),
  FusedDepthwiseConv2D: fusedConvolution(true),
  DepthwiseConv2dNativeBackpropInput: inputGradient(true),
  DepthwiseConv2dNativeBackpropFilter: filterGradient(true),
};
