import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Handle } from "../addon.js";
import { type Kernel, type KernelContext, type Kernels, sizeOf } from "./kernel.js";

const flat = ({ torch, backend }: KernelContext, tensor: TensorInfo): Handle =>
  torch.call("reshape", backend.value(tensor), [-1]);

const gather: Kernel = (context, { x, indices }, { axis, batchDims = 0 }) => {
  const { tf, torch, backend } = context;
  const [at] = tf.util.parseAxisParam(axis, x.shape);
  const info = tf.backend_util.segment_util.collectGatherOpShapeInfo(x as never, indices as never, at, batchDims);
  if (batchDims === 0) {
    const taken = torch.call("index_select", backend.value(x), at, flat(context, indices));
    return backend.output(torch.call("reshape", taken, info.outputShape), x.dtype, info.outputShape);
  }
  // Each batch has rows of its own: one long list of rows, and indices that begin at the batch's first.
  const { batchSize, outerSize, dimSize, sliceSize } = info;
  const wanted = sizeOf(indices.shape) / batchSize;
  const rows = torch.call("reshape", backend.value(x), [batchSize * outerSize * dimSize, sliceSize]);
  const begins = torch.call("reshape", torch.call("arange", batchSize * outerSize, "int64", null, torch.device), [
    batchSize,
    outerSize,
    1,
  ]);
  const within = torch.call("reshape", backend.value(indices), [batchSize, 1, wanted]);
  const places = torch.call("add.Tensor", torch.call("mul.Scalar", begins, dimSize), within);
  const taken = torch.call("index_select", rows, 0, torch.call("reshape", places, [-1]));
  return backend.output(torch.call("reshape", taken, info.outputShape), x.dtype, info.outputShape);
};

/** Row numbers of the places that the last axis of `indices` names. @param shape Of the leading axes. */
function places({ torch, backend }: KernelContext, indices: TensorInfo, shape: readonly number[]): Handle {
  const depth = shape.length;
  const strides = Int32Array.from(shape, (_, axis) => sizeOf(shape.slice(axis + 1)));
  const list = torch.call("reshape", torch.to(backend.value(indices), "int64"), [-1, depth]);
  const weights = torch.to(torch.upload(strides, [depth], "int32"), "int64");
  return torch.call("sum.dim_IntList", torch.call("mul.Tensor", list, weights), [1]);
}

const scatter = (
  context: KernelContext,
  target: Handle,
  indices: TensorInfo,
  updates: TensorInfo,
  shape: readonly number[],
  add: boolean,
) => {
  const { torch, backend } = context;
  const depth = indices.shape[indices.shape.length - 1];
  const inner = sizeOf(shape.slice(depth));
  const rows = torch.call("reshape", target, [-1, inner]);
  const values = torch.call("reshape", torch.to(backend.value(updates), torch.addon.dtype(target)), [-1, inner]);
  const at = places(context, indices, shape.slice(0, depth));
  const result = add ? torch.call("index_add", rows, 0, at, values) : torch.call("index_copy", rows, 0, at, values);
  return backend.output(torch.call("reshape", result, shape), updates.dtype, shape);
};

export const gatheringKernels: Kernels = {
  GatherV2: gather,
  GatherNd: (context, { params, indices }) => {
    const { tf, torch, backend } = context;
    const depth = indices.shape[indices.shape.length - 1];
    const [shape] = tf.backend_util.prepareAndValidate(params as never, indices as never);
    const rows = torch.call("reshape", backend.value(params), [-1, sizeOf(params.shape.slice(depth))]);
    const taken = torch.call("index_select", rows, 0, places(context, indices, params.shape.slice(0, depth)));
    return backend.output(torch.call("reshape", taken, shape), params.dtype, shape);
  },
  ScatterNd: (context, { indices, updates }, { shape }) => {
    const zeros = context.torch.zeros(shape, updates.dtype === "int32" ? "int32" : "float32");
    return scatter(context, zeros, indices, updates, shape, true);
  },
  TensorScatterUpdate: (context, { tensor, indices, updates }) =>
    scatter(context, context.backend.value(tensor), indices, updates, tensor.shape, false),
  UnsortedSegmentSum: (context, { x, segmentIds }, { numSegments }) => {
    const { torch, backend } = context;
    // The segments' numbers may have leading axes of x; negative ones drop their rows into one more segment, which goes.
    const outer = segmentIds.shape.length;
    const rest = x.shape.slice(outer);
    const rows = torch.call("reshape", backend.value(x), [-1, ...rest]);
    const segments = torch.call("remainder.Scalar", flat(context, segmentIds), numSegments + 1);
    const zeros = torch.zeros([numSegments + 1, ...rest], torch.addon.dtype(rows));
    const sums = torch.call("slice.Tensor", torch.call("index_add", zeros, 0, segments, rows), 0, 0, numSegments);
    return backend.output(sums, x.dtype);
  },
  OneHot: (context, { indices }, { depth, onValue, offValue, dtype }) => {
    const { torch, backend } = context;
    const classes = torch.call("arange", depth, "int32", null, torch.device);
    const matches = torch.call("eq.Tensor", torch.call("unsqueeze", backend.value(indices), -1), classes);
    const type = dtype === "int32" ? "int32" : "float32";
    const values = torch.call("where.self", matches, torch.scalar(onValue, type), torch.scalar(offValue, type));
    return backend.output(values, dtype);
  },
  TopK: ({ torch, backend }, { x }, { k }) => {
    // Equal values keep their order, as tfjs promises.
    const last = x.shape.length - 1;
    const [values, indices] = torch.calls("sort.stable", backend.value(x), true, last, true);
    return [
      backend.output(torch.call("slice.Tensor", values, last, 0, k), x.dtype),
      backend.output(torch.to(torch.call("slice.Tensor", indices, last, 0, k), "int32"), "int32"),
    ];
  },
  Diag: (context, { x }) => {
    const { torch, backend } = context;
    const shape = [...x.shape, ...x.shape];
    return backend.output(torch.call("reshape", torch.call("diag", flat(context, x)), shape), x.dtype, shape);
  },
};
