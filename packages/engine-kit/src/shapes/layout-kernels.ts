import { eachOf, type ShapeKernel, type ShapeKernels, sizeOf } from "./shape-kernel.js";

const reduce: ShapeKernel = ({ tf, backend }, { x }, { axis, reductionIndices, keepDims }) => {
  // tfjs tells Max its axes by another name than the rest.
  const axes = tf.util.parseAxisParam(reductionIndices ?? axis ?? null, x.shape);
  const [shape] = tf.backend_util.computeOutAndReduceShapes(x.shape, axes);
  return backend.output(keepDims ? tf.backend_util.expandShapeToKeepDim(shape, axes) : shape, x.dtype);
};

const indexOfExtreme: ShapeKernel = ({ tf, backend }, { x }, { axis }) => {
  const [shape] = tf.backend_util.computeOutAndReduceShapes(x.shape, tf.util.parseAxisParam(axis, x.shape));
  return backend.output(shape, "int32");
};

/** Reductions, and kernels that move values about. */
export const layoutKernels: ShapeKernels = {
  ...eachOf(["Sum", "Mean", "Max", "Min", "Prod", "All", "Any"], reduce),
  ...eachOf(["ArgMax", "ArgMin"], indexOfExtreme),
  Reshape: ({ tf, backend }, { x }, { shape }) =>
    backend.view(x, tf.util.inferFromImplicitShape(shape, sizeOf(x.shape))),
  ExpandDims: ({ backend }, { input }, { dim }) => {
    const shape = [...input.shape];
    shape.splice(dim < 0 ? shape.length + dim + 1 : dim, 0, 1);
    return backend.view(input, shape);
  },
  Concat: ({ tf, backend }, inputs, { axis }) => {
    const tensors = Object.values(inputs);
    const [at] = tf.util.parseAxisParam(axis, tensors[0].shape);
    const shapes = tensors.map((tensor) => tensor.shape);
    return backend.output(tf.backend_util.computeOutShape(shapes, at), tensors[0].dtype);
  },
  Slice: ({ tf, backend }, { x }, { begin, size }) =>
    backend.output(tf.slice_util.parseSliceParams(x as never, begin, size)[1], x.dtype),
  StridedSlice: ({ tf, backend }, { x }, attrs) => {
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs;
    const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
    return backend.output(tf.slice_util.sliceInfo(x.shape, begin, end, strides, ...masks).finalShape, x.dtype);
  },
  ...eachOf(["PadV2", "MirrorPad"], ({ backend }, { x }, { paddings }) => {
    const padded = x.shape.map((size, axis) => paddings[axis][0] + size + paddings[axis][1]);
    return backend.output(padded, x.dtype);
  }),
  Pack: ({ backend }, inputs, { axis }) => {
    const tensors = Object.values(inputs);
    const shape = [...tensors[0].shape];
    shape.splice(axis, 0, tensors.length);
    return backend.output(shape, tensors[0].dtype);
  },
  Unpack: ({ backend }, { value }, { axis }) => {
    const at = axis < 0 ? axis + value.shape.length : axis;
    const shape = value.shape.filter((_, index) => index !== at);
    return Array.from({ length: value.shape[at] }, () => backend.output(shape, value.dtype));
  },
  SplitV: ({ tf, backend }, { x }, { numOrSizeSplits, axis }) => {
    const [at] = tf.util.parseAxisParam(axis, x.shape);
    const sizes = tf.backend_util.prepareSplitSize(x as never, numOrSizeSplits, at);
    return sizes.map((size) => backend.output(x.shape.with(at, size), x.dtype));
  },
  Tile: ({ backend }, { x }, { reps }) =>
    backend.output(
      x.shape.map((size, axis) => size * reps[axis]),
      x.dtype,
    ),
  BroadcastTo: ({ backend }, { x }, { shape }) => backend.output(shape, x.dtype),
  Transpose: ({ backend }, { x }, { perm }) =>
    backend.output(
      (perm as number[]).map((axis) => x.shape[axis]),
      x.dtype,
    ),
  GatherV2: ({ tf, backend }, { x, indices }, { axis, batchDims }) => {
    const [at] = tf.util.parseAxisParam(axis, x.shape);
    const collect = tf.backend_util.segment_util.collectGatherOpShapeInfo;
    return backend.output(collect(x as never, indices as never, at, batchDims ?? 0).outputShape, x.dtype);
  },
  UnsortedSegmentSum: ({ backend }, { x }, { numSegments }) =>
    backend.output([numSegments, ...x.shape.slice(1)], x.dtype),
  Fill: ({ backend }, _, { shape, dtype }) => backend.output(shape, dtype ?? "float32"),
  Range: ({ backend }, _, { start, stop, step, dtype }) =>
    backend.output([Math.max(0, Math.ceil((stop - start) / step))], dtype ?? "float32"),
  OneHot: ({ backend }, { indices }, { depth, dtype }) => backend.output([...indices.shape, depth], dtype),
  ResizeNearestNeighbor: resize,
  ResizeBilinear: resize,
};

function resize(...[{ backend }, { images }, { size }]: Parameters<ShapeKernel>): ReturnType<ShapeKernel> {
  const [batch, , , channels] = images.shape;
  return backend.output([batch, size[0], size[1], channels], images.dtype);
}
