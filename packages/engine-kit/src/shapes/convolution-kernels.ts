import type { Tf } from "@eosin/plugin-api/learning";
import { type Attributes, eachOf, like, type ShapeKernel, type ShapeKernels, sizeOf } from "./shape-kernel.js";

type Shape4 = [number, number, number, number];

function geometry(tf: Tf, input: number[], filter: number[], attrs: Attributes, depthwise: boolean) {
  const { strides, dilations, pad, dimRoundingMode } = attrs;
  const sizes = [input as Shape4, filter as Shape4] as const;
  return tf.backend_util.computeConv2DInfo(...sizes, strides, dilations ?? 1, pad, dimRoundingMode, depthwise);
}

/** The forward pass and both gradients do the same multiply-adds. */
function convolutionFlops(info: ReturnType<typeof geometry>, depthwise: boolean): number {
  const taps = info.filterHeight * info.filterWidth * (depthwise ? 1 : info.inChannels);
  return 2 * sizeOf(info.outShape) * taps;
}

const forward =
  (depthwise: boolean): ShapeKernel =>
  ({ tf, backend }, { x, filter }, attrs) => {
    const info = geometry(tf, x.shape, filter.shape, attrs, depthwise);
    backend.ledger.compute(convolutionFlops(info, depthwise));
    return backend.output(info.outShape);
  };

const inputGradient =
  (depthwise: boolean): ShapeKernel =>
  ({ tf, backend }, { filter }, attrs) => {
    const info = geometry(tf, attrs.inputShape, filter.shape, attrs, depthwise);
    backend.ledger.compute(convolutionFlops(info, depthwise));
    return backend.output(info.inShape);
  };

const filterGradient =
  (depthwise: boolean): ShapeKernel =>
  ({ tf, backend }, { x }, attrs) => {
    const info = geometry(tf, x.shape, attrs.filterShape, attrs, depthwise);
    backend.ledger.compute(convolutionFlops(info, depthwise));
    return backend.output(info.filterShape);
  };

const pool: ShapeKernel = ({ tf, backend }, { x }, { filterSize, strides, pad, dimRoundingMode }) =>
  backend.output(
    tf.backend_util.computePool2DInfo(x.shape as Shape4, filterSize, strides, 1, pad, dimRoundingMode).outShape,
  );

export const convolutionKernels: ShapeKernels = {
  Conv2D: forward(false),
  FusedConv2D: forward(false),
  Conv2DBackpropInput: inputGradient(false),
  Conv2DBackpropFilter: filterGradient(false),
  DepthwiseConv2dNative: forward(true),
  FusedDepthwiseConv2D: forward(true),
  DepthwiseConv2dNativeBackpropInput: inputGradient(true),
  DepthwiseConv2dNativeBackpropFilter: filterGradient(true),
  ...eachOf(["AvgPool", "MaxPool"], pool),
  AvgPoolGrad: like("input"),
  MaxPoolGrad: like("input"),
  BatchMatMul: ({ tf, backend }, { a, b }, { transposeA, transposeB }) => {
    const [rowsA, columnsA] = a.shape.slice(-2);
    const [rowsB, columnsB] = b.shape.slice(-2);
    const rows = transposeA ? columnsA : rowsA;
    const inner = transposeA ? rowsA : columnsA;
    const columns = transposeB ? rowsB : columnsB;
    const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const shape = [...outer, rows, columns];
    backend.ledger.compute(2 * sizeOf(shape) * inner);
    return backend.output(shape);
  },
};
