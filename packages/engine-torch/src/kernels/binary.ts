import type { Handle } from "../addon.js";
import { eachOf, floats, type Kernel, type KernelContext, type Kernels, sizeOf } from "./kernel.js";

type Pair = readonly [Handle, Handle];

/**
 * What is broadcast over bfloat16 values is rounded to them; of two equals, the float32 one decides.
 */
function together(context: KernelContext, [a, b]: Pair, [sizeA, sizeB]: readonly [number, number]): Pair {
  const { torch, backend } = context;
  if (!backend.half) return [a, b];
  const [typeA, typeB] = [torch.addon.dtype(a), torch.addon.dtype(b)];
  if (typeA === "bfloat16" && typeB === "float32" && sizeB < sizeA) return [a, torch.call("to.dtype", b, typeA)];
  if (typeB === "bfloat16" && typeA === "float32" && sizeA < sizeB) return [torch.call("to.dtype", a, typeB), b];
  return [a, b];
}

const binary =
  (operator: string, prepare: (context: KernelContext, pair: Pair, sizes: readonly [number, number]) => Pair): Kernel =>
  (context, { a, b }) => {
    const { torch, backend } = context;
    const pair: Pair = [backend.value(a), backend.value(b)];
    return backend.output(torch.call(operator, ...prepare(context, pair, [sizeOf(a.shape), sizeOf(b.shape)])), a.dtype);
  };

const exactly = (context: KernelContext, [a, b]: Pair): Pair => [floats(context, a), floats(context, b)];

const test =
  (operator: string): Kernel =>
  ({ torch, backend }, { a, b }) =>
    backend.output(torch.call(operator, backend.value(a), backend.value(b)), "bool");

const comparisons = {
  Equal: "eq.Tensor",
  NotEqual: "ne.Tensor",
  Greater: "gt.Tensor",
  GreaterEqual: "ge.Tensor",
  Less: "lt.Tensor",
  LessEqual: "le.Tensor",
  LogicalAnd: "logical_and",
  LogicalOr: "logical_or",
  LogicalXor: "logical_xor",
} as const;

export const binaryKernels: Kernels = {
  Add: binary("add.Tensor", together),
  Sub: binary("sub.Tensor", together),
  Multiply: binary("mul.Tensor", together),
  Maximum: binary("maximum", together),
  Minimum: binary("minimum", together),
  Pow: binary("pow.Tensor_Tensor", exactly),
  FloorDiv: binary("floor_divide", exactly),
  Mod: binary("remainder.Tensor", exactly),
  Atan2: binary("atan2", exactly),
  BitwiseAnd: binary("bitwise_and.Tensor", exactly),
  RealDiv: (context, { a, b }) => {
    const { torch, backend } = context;
    const [dividend, divisor] = exactly(context, [backend.value(a), backend.value(b)]);
    return backend.output(torch.call("div.Tensor", dividend, divisor), "float32");
  },
  SquaredDifference: (context, { a, b }) => {
    const { torch, backend } = context;
    const difference = torch.call("sub.Tensor", ...exactly(context, [backend.value(a), backend.value(b)]));
    return backend.output(torch.call("mul.Tensor", difference, difference), a.dtype);
  },
  Prelu: (context, { x, alpha }) => {
    const { torch, backend } = context;
    const [value, slope] = exactly(context, [backend.value(x), backend.value(alpha)]);
    const negative = torch.call("mul.Tensor", torch.call("clamp", value, null, 0), slope);
    return backend.output(torch.call("add.Tensor", torch.call("relu", value), negative), "float32");
  },
  AddN: (context, inputs) => {
    const { torch, backend } = context;
    const [first, ...others] = Object.values(inputs);
    const sum = others.reduce(
      (total, each) => torch.call("add.Tensor", total, backend.value(each)),
      backend.value(first),
    );
    return others.length === 0 ? backend.share(first) : backend.output(sum, first.dtype);
  },
  Select: ({ torch, backend }, { condition, t, e }) =>
    backend.output(torch.call("where.self", backend.value(condition), backend.value(t), backend.value(e)), t.dtype),
  ...eachOf(Object.keys(comparisons) as (keyof typeof comparisons)[], (name) => test(comparisons[name])),
};
