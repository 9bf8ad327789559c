import type { DataType } from "@tensorflow/tfjs-core";
import { eachOf, like, type ShapeKernel, type ShapeKernels } from "./shape-kernel.js";

const unary = [
  ..."Abs Acos Acosh Asin Asinh Atan Atanh Ceil ClipByValue Cos Cosh Cumprod Cumsum Elu Erf Exp Expm1 Floor".split(" "),
  ..."LeakyRelu Log Log1p LogSoftmax Neg OnesLike Reciprocal Relu Relu6 Reverse Round Rsqrt Selu Sigmoid Sign".split(
    " ",
  ),
  ..."Sin Sinh Softmax Softplus Sqrt Square Step Tan Tanh ZerosLike".split(" "),
];
const arithmetic = "Add Atan2 FloorDiv Maximum Minimum Mod Multiply Pow Prelu RealDiv SquaredDifference Sub".split(" ");
const comparisons = "Equal Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr LogicalXor NotEqual".split(" ");

const broadcast =
  (dtype?: DataType): ShapeKernel =>
  ({ tf, backend }, inputs) => {
    const [a, b] = "a" in inputs ? [inputs.a, inputs.b] : [inputs.x, inputs.alpha];
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
    return backend.output(shape, dtype ?? a.dtype);
  };

const unaryLike: ShapeKernel = (context, inputs, attrs) => {
  const name = "x" in inputs ? "x" : "logits";
  return like(name)(context, inputs, attrs);
};

export const elementwiseKernels: ShapeKernels = {
  ...eachOf(unary, unaryLike),
  ...eachOf(["LogicalNot", "IsFinite", "IsInf", "IsNan"], like("x", "bool")),
  ...eachOf(arithmetic, broadcast()),
  ...eachOf(comparisons, broadcast("bool")),
  EluGrad: like("dy"),
  Select: like("t"),
  AddN: like("0"),
  Identity: ({ backend }, { x }) => backend.view(x, x.shape),
  Cast: ({ backend }, { x }, { dtype }) =>
    x.dtype === dtype ? backend.view(x, x.shape) : backend.output(x.shape, dtype),
};
