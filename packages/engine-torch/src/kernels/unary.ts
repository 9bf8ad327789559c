import type { Handle } from "../addon.js";
import { eachOf, floats, type Kernel, type KernelContext, type Kernels } from "./kernel.js";

type Compute = (context: KernelContext, x: Handle, attrs: never) => Handle;

/** Elementwise on what is there: bfloat16 stays bfloat16. */
const light: { readonly [name: string]: Compute } = {
  Abs: ({ torch }, x) => torch.call("abs", x),
  ClipByValue: ({ torch }, x, { clipValueMin, clipValueMax }: { clipValueMin: number; clipValueMax: number }) =>
    torch.call("clamp", x, clipValueMin, clipValueMax),
  Neg: ({ torch }, x) => torch.call("neg", x),
  Relu: ({ torch }, x) => torch.call("relu", x),
  Relu6: ({ torch }, x) => torch.call("hardtanh", x, 0, 6),
  LeakyRelu: ({ torch }, x, { alpha }: { alpha: number }) => torch.call("leaky_relu", x, alpha),
  OnesLike: ({ torch }, x) => torch.call("ones_like", x),
  ZerosLike: ({ torch }, x) => torch.call("zeros_like", x),
};

/** Elementwise in float32. */
const exact: { readonly [name: string]: Compute } = {
  Elu: ({ torch }, x) => torch.call("elu", x),
  Selu: ({ torch }, x) => torch.call("selu", x),
  Softplus: ({ torch }, x) => torch.call("softplus", x),
  Square: ({ torch }, x) => torch.call("mul.Tensor", x, x),
  Step: ({ torch }, x, { alpha }: { alpha: number }) =>
    torch.call("where.ScalarOther", torch.call("gt.Scalar", x, 0), torch.call("ones_like", x), alpha ?? 0),
};

const sameName =
  "Acos Acosh Asin Asinh Atan Atanh Ceil Cos Cosh Erf Exp Expm1 Floor Log Log1p Reciprocal Round Rsqrt Sigmoid Sign Sin Sinh Sqrt Tan Tanh".split(
    " ",
  );

const unary =
  (compute: Compute): Kernel =>
  (context, { x }, attrs) =>
    context.backend.output(compute(context, context.backend.value(x), attrs as never), x.dtype, x.shape);

const test =
  (compute: (context: KernelContext, x: Handle) => Handle): Kernel =>
  (context, { x }) =>
    context.backend.output(compute(context, context.backend.value(x)), "bool", x.shape);

export const unaryKernels: Kernels = {
  ...eachOf(Object.keys(light), (name) => unary(light[name])),
  ...eachOf(Object.keys(exact), (name) =>
    unary((context, x, attrs) => exact[name](context, floats(context, x), attrs)),
  ),
  ...eachOf(sameName, (name) => unary((context, x) => context.torch.call(name.toLowerCase(), floats(context, x)))),
  IsFinite: test(({ torch }, x) => torch.call("isfinite", x)),
  IsInf: test(({ torch }, x) => torch.call("isinf", x)),
  IsNan: test(({ torch }, x) => torch.call("isnan", x)),
  LogicalNot: test(({ torch }, x) => torch.call("logical_not", x)),
  EluGrad: (context, { dy, y }) => {
    const { torch, backend } = context;
    const slope = torch.call("add.Scalar", torch.call("clamp", floats(context, backend.value(y)), null, 0), 1);
    return backend.output(torch.call("mul.Tensor", backend.value(dy), slope), "float32", dy.shape);
  },
  Cast: (context, { x }, { dtype }) => {
    const { torch, backend } = context;
    if (x.dtype === dtype) return backend.share(x);
    const value = backend.value(x);
    if (dtype === "float32") return backend.output(torch.call("to.dtype", value, "float32"), dtype, x.shape);
    // Truth is everything but zero; integers drop what follows the point.
    const cast = dtype === "bool" ? torch.call("ne.Scalar", value, 0) : torch.call("to.dtype", value, "int32");
    return backend.output(cast, dtype, x.shape);
  },
};
