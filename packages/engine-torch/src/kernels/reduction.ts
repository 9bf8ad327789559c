import type { TensorInfo } from "@tensorflow/tfjs-core";
import { eachOf, floats, type Kernel, type KernelContext, type Kernels } from "./kernel.js";

type Axes = number | readonly number[] | null | undefined;

const axesOf = ({ tf }: KernelContext, axis: Axes, { shape }: TensorInfo): number[] =>
  tf.util.parseAxisParam((axis ?? null) as number[], shape);

/** Sums are taken in float32, or in int32. */
const sum =
  (operator: "sum.dim_IntList" | "mean.dim"): Kernel =>
  (context, { x }, { axis, keepDims }) => {
    const { torch, backend } = context;
    const axes = axesOf(context, axis, x);
    const type = operator === "mean.dim" || x.dtype === "float32" ? "float32" : "int32";
    const dtype = type === "int32" ? x.dtype : "float32";
    if (axes.length === 0) return backend.output(torch.to(backend.value(x), type), dtype, x.shape);
    return backend.output(torch.call(operator, backend.value(x), axes, keepDims ?? false, type), dtype);
  };

const extreme =
  (operator: "amax" | "amin"): Kernel =>
  (context, { x }, { axis, reductionIndices, keepDims }) => {
    const { torch, backend } = context;
    const axes = axesOf(context, axis ?? reductionIndices, x);
    if (axes.length === 0) return backend.share(x);
    return backend.output(torch.call(operator, backend.value(x), axes, keepDims ?? false), x.dtype);
  };

/** Axis by axis: these reduce one only. */
const successive =
  (operator: "prod.dim_int" | "all.dim" | "any.dim"): Kernel =>
  (context, { x }, { axis, keepDims }) => {
    const { torch, backend } = context;
    const axes = axesOf(context, axis, x).sort((a, b) => b - a);
    if (axes.length === 0) return backend.share(x);
    let value = floats(context, backend.value(x));
    if (operator === "prod.dim_int") {
      const type = x.dtype === "float32" ? "float32" : "int32";
      for (const each of axes) value = torch.call(operator, value, each, keepDims ?? false, type);
    } else {
      for (const each of axes) value = torch.call(operator, value, each, keepDims ?? false);
    }
    return backend.output(value, x.dtype);
  };

const indexOfExtreme =
  (operator: "argmax" | "argmin"): Kernel =>
  (context, { x }, { axis }) => {
    const { torch, backend } = context;
    const [at] = axesOf(context, axis, x);
    return backend.output(torch.to(torch.call(operator, backend.value(x), at), "int32"), "int32");
  };

const cumulative =
  (operator: "cumsum" | "cumprod", neutral: number): Kernel =>
  (context, { x }, { axis, exclusive, reverse }) => {
    const { torch, backend } = context;
    const [at] = axesOf(context, axis, x);
    const type = x.dtype === "float32" ? "float32" : "int32";
    let value = floats(context, backend.value(x));
    if (reverse) value = torch.call("flip", value, [at]);
    if (exclusive) {
      // One step later: the neutral value comes in, the last goes out.
      const pads = new Array<number>(2 * (x.shape.length - at)).fill(0);
      pads[pads.length - 2] = 1;
      pads[pads.length - 1] = -1;
      value = torch.call("constant_pad_nd", value, pads, neutral);
    }
    value = torch.call(operator, value, at, type);
    if (reverse) value = torch.call("flip", value, [at]);
    return backend.output(value, x.dtype, x.shape);
  };

const softmax =
  (operator: string): Kernel =>
  (context, { logits }, attrs) => {
    const { torch, backend } = context;
    const dim = attrs.dim ?? attrs.axis ?? logits.shape.length - 1;
    return backend.output(torch.call(operator, backend.value(logits), dim, "float32"), "float32", logits.shape);
  };

export const reductionKernels: Kernels = {
  Sum: sum("sum.dim_IntList"),
  Mean: sum("mean.dim"),
  Max: extreme("amax"),
  Min: extreme("amin"),
  Prod: successive("prod.dim_int"),
  All: successive("all.dim"),
  Any: successive("any.dim"),
  ...eachOf(["ArgMax", "ArgMin"] as const, (name) => indexOfExtreme(name === "ArgMax" ? "argmax" : "argmin")),
  Cumsum: cumulative("cumsum", 0),
  Cumprod: cumulative("cumprod", 1),
  Softmax: softmax("softmax.int"),
  LogSoftmax: softmax("log_softmax.int"),
  Bincount: ({ torch, backend }, { x, weights }, { size }) =>
    backend.output(binned(torch, backend.value(x), weights, size, backend), weights.dtype, [size]),
  DenseBincount: ({ torch, backend }, { x, weights }, { size, binaryOutput }) => {
    const rows = x.shape.length === 1 ? 1 : x.shape[0];
    const flat = torch.call("reshape", backend.value(x), [-1]);
    const width = x.shape[x.shape.length - 1];
    // Each row counts into bins of its own.
    const offset = torch.call(
      "repeat_interleave.self_int",
      torch.call("arange", rows, "int64", null, torch.device),
      width,
    );
    const places = torch.call("add.Tensor", flat, torch.call("mul.Scalar", offset, size));
    const counts = binned(torch, places, weights, rows * size, backend);
    const shaped = torch.call("reshape", counts, x.shape.length === 1 ? [size] : [rows, size]);
    const result = binaryOutput ? torch.call("gt.Scalar", shaped, 0) : shaped;
    return backend.output(torch.to(result, weights.dtype === "int32" ? "int32" : "float32"), weights.dtype);
  },
};

function binned(
  torch: KernelContext["torch"],
  places: Parameters<KernelContext["torch"]["to"]>[0],
  weights: TensorInfo,
  size: number,
  backend: KernelContext["backend"],
) {
  const weighted =
    weights.shape.length > 0 && weights.shape[0] > 0 ? torch.call("reshape", backend.value(weights), [-1]) : null;
  torch.observer?.once("counting into bins asks the device for the largest");
  const counts = torch.call("bincount", places, weighted, size);
  return torch.to(torch.call("slice.Tensor", counts, 0, 0, size), weights.dtype === "int32" ? "int32" : "float32");
}
