import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Handle } from "../addon.js";
import { type Attributes, type Kernel, type KernelContext, type Kernels, sizeOf } from "./kernel.js";

const reshaped = ({ torch, backend }: KernelContext, tensor: TensorInfo, shape: readonly number[]): TensorInfo =>
  backend.output(torch.call("reshape", backend.value(tensor), shape), tensor.dtype, shape);

const axisOf = ({ tf }: KernelContext, axis: number, shape: readonly number[]): number =>
  tf.util.parseAxisParam(axis, shape as number[])[0];

function sliced(context: KernelContext, { x }: { readonly [name: string]: TensorInfo }, { begin, size }: Attributes) {
  const { tf, torch, backend } = context;
  const [begins, sizes] = tf.slice_util.parseSliceParams(x as never, begin, size);
  tf.slice_util.assertParamsValid(x as never, begins, sizes);
  let value = backend.value(x);
  for (const [axis, length] of sizes.entries()) {
    if (length === x.shape[axis]) continue;
    value = torch.call("slice.Tensor", value, axis, begins[axis], begins[axis] + length);
  }
  return backend.output(value, x.dtype, sizes);
}

const stridedSlice: Kernel = (context, { x }, attrs) => {
  const { tf, torch, backend } = context;
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs;
  const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
  const info = tf.slice_util.sliceInfo(x.shape, begin, end, strides, ...masks);
  if (info.isIdentity || info.finalShapeSparse.some((size) => size === 0)) {
    if (info.isIdentity) return reshaped(context, x, info.finalShape);
    return backend.output(torch.zeros(info.finalShape, x.dtype === "int32" ? "int32" : "float32"), x.dtype);
  }
  let value = backend.value(x);
  for (const [axis, stride] of info.strides.entries()) {
    let from = info.begin[axis];
    let to = info.end[axis];
    if (stride < 0) {
      // Backwards is forwards in the mirror.
      value = torch.call("flip", value, [axis]);
      from = x.shape[axis] - 1 - from;
      to = x.shape[axis] - 1 - to;
    }
    value = torch.call("slice.Tensor", value, axis, from, to, Math.abs(stride));
  }
  return backend.output(torch.call("reshape", value, info.finalShape), x.dtype, info.finalShape);
};

const mirrorPad: Kernel = ({ torch, backend }, { x }, { paddings, mode }) => {
  const skip = mode === "reflect" ? 1 : 0;
  let value = backend.value(x);
  for (const [axis, [before, behind]] of (paddings as [number, number][]).entries()) {
    if (before + behind === 0) continue;
    const size = x.shape[axis];
    const places = Int32Array.from({ length: before + size + behind }, (_, at) => {
      const place = at - before;
      if (place < 0) return -place - 1 + skip;
      return place < size ? place : 2 * size - 1 - place - skip;
    });
    value = torch.call("index_select", value, axis, torch.upload(places, [places.length], "int32"));
  }
  return backend.output(value, x.dtype);
};

/** (rank r) → constant_pad_nd's order: the last axis first. */
const padV2: Kernel = ({ torch, backend }, { x }, { paddings, constantValue }) => {
  const pads = (paddings as [number, number][]).toReversed().flat();
  return backend.output(torch.call("constant_pad_nd", backend.value(x), pads, constantValue ?? 0), x.dtype);
};

const spaceToBatch =
  (direction: "space-to-batch" | "batch-to-space"): Kernel =>
  ({ torch, backend }, { x }, { blockShape, paddings, crops }) => {
    const block = blockShape as number[];
    let value = backend.value(x);
    const inner = block.length;
    if (direction === "space-to-batch") {
      const rest = x.shape.slice(1 + inner);
      value = torch.call("constant_pad_nd", value, [...rest.flatMap(() => [0, 0]), ...paddings.toReversed().flat()], 0);
      const spatial = block.map((size, i) => (x.shape[1 + i] + paddings[i][0] + paddings[i][1]) / size);
      value = torch.call("reshape", value, [x.shape[0], ...block.flatMap((size, i) => [spatial[i], size]), ...rest]);
      const order = [...block.map((_, i) => 2 + 2 * i), 0, ...block.map((_, i) => 1 + 2 * i)];
      const tail = rest.map((_, i) => 1 + 2 * inner + i);
      value = torch.call("permute", value, [...order, ...tail]);
      return backend.output(torch.call("reshape", value, [x.shape[0] * sizeOf(block), ...spatial, ...rest]), x.dtype);
    }
    const batch = x.shape[0] / sizeOf(block);
    const rest = x.shape.slice(1 + inner);
    value = torch.call("reshape", value, [...block, batch, ...x.shape.slice(1)]);
    const order = [inner, ...block.flatMap((_, i) => [inner + 1 + i, i]), ...rest.map((_, i) => 2 * inner + 1 + i)];
    const spatial = block.map((size, i) => size * x.shape[1 + i]);
    value = torch.call("reshape", torch.call("permute", value, order), [batch, ...spatial, ...rest]);
    for (const [i, [before, behind]] of (crops as [number, number][]).entries()) {
      value = torch.call("slice.Tensor", value, 1 + i, before, spatial[i] - behind);
    }
    return backend.output(value, x.dtype);
  };

/** Channels up to which libtorch joins and splits element by element. */
const NARROW = 32;

export const layoutKernels: Kernels = {
  Identity: ({ backend }, { x }) => backend.share(x),
  Reshape: (context, { x }, { shape }) =>
    reshaped(context, x, context.tf.util.inferFromImplicitShape(shape, sizeOf(x.shape))),
  ExpandDims: (context, { input }, { dim }) => {
    const shape = [...input.shape];
    shape.splice(dim < 0 ? shape.length + dim + 1 : dim, 0, 1);
    return reshaped(context, input, shape);
  },
  Concat: (context, inputs, { axis }) => {
    const { torch, backend } = context;
    // Empty ones take no part, whatever the rest of their shape.
    const tensors = Object.values(inputs);
    const filled = tensors.filter(({ shape }) => sizeOf(shape) > 0);
    const [first] = filled.length > 0 ? filled : tensors;
    if (filled.length <= 1) return backend.share(first);
    const values = filled.map((tensor) => backend.value(tensor));
    const along = axisOf(context, axis, first.shape);
    const channels = filled.reduce((total, { shape }) => total + shape[along], 0);
    const narrow = along === first.shape.length - 1 && channels <= NARROW && first.dtype === "float32";
    const y = torch.fused && narrow ? torch.call("eosin::concat_channels", values) : torch.call("cat", values, along);
    return backend.output(y, first.dtype);
  },
  Slice: sliced,
  StridedSlice: stridedSlice,
  PadV2: padV2,
  MirrorPad: mirrorPad,
  Pack: ({ torch, backend }, inputs, { axis }) => {
    const values = Object.values(inputs);
    return backend.output(
      torch.call(
        "stack",
        values.map((tensor) => backend.value(tensor)),
        axis,
      ),
      values[0].dtype,
    );
  },
  Unpack: ({ torch, backend }, { value }, { axis }) =>
    torch.calls("unbind.int", backend.value(value), axis).map((each) => backend.output(each, value.dtype)),
  SplitV: (context, { x }, { numOrSizeSplits, axis }) => {
    const { tf, torch, backend } = context;
    const at = axisOf(context, axis, x.shape);
    const sizes = tf.backend_util.prepareSplitSize(x as never, numOrSizeSplits, at);
    return torch.calls("split_with_sizes", backend.value(x), sizes, at).map((part) => backend.output(part, x.dtype));
  },
  Tile: ({ torch, backend }, { x }, { reps }) => backend.output(torch.call("repeat", backend.value(x), reps), x.dtype),
  BroadcastTo: ({ torch, backend }, { x }, { shape }) =>
    backend.output(torch.call("expand", backend.value(x), shape), x.dtype, shape),
  Transpose: ({ torch, backend }, { x }, { perm }) =>
    backend.output(torch.call("permute", backend.value(x), perm), x.dtype),
  Reverse: (context, { x }, { dims }) => {
    const { tf, torch, backend } = context;
    const axes = tf.util.parseAxisParam(dims, x.shape);
    if (axes.length === 0) return backend.share(x);
    return backend.output(torch.call("flip", backend.value(x), axes), x.dtype, x.shape);
  },
  FlipLeftRight: ({ torch, backend }, { image }) =>
    backend.output(torch.call("flip", backend.value(image), [2]), image.dtype, image.shape),
  DepthToSpace: ({ torch, backend }, { x }, { blockSize, dataFormat }) => {
    if (dataFormat && dataFormat !== "NHWC") throw new Error(`the engine torch knows NHWC tensors, not ${dataFormat}`);
    const [batch, height, width, channels] = x.shape;
    const depth = channels / blockSize ** 2;
    const split = torch.call("reshape", backend.value(x), [batch, height, width, blockSize, blockSize, depth]);
    const shape = [batch, height * blockSize, width * blockSize, depth];
    const woven: Handle = torch.call("permute", split, [0, 1, 3, 2, 4, 5]);
    return backend.output(torch.call("reshape", woven, shape), x.dtype, shape);
  },
  SpaceToBatchND: spaceToBatch("space-to-batch"),
  BatchToSpaceND: spaceToBatch("batch-to-space"),
};
