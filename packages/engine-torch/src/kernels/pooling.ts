import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Handle } from "../addon.js";
import { padded, toNchw, toNhwc } from "./channels-last.js";
import { type Attributes, floats, type Kernel, type KernelContext, type Kernels } from "./kernel.js";

type Pool = (context: KernelContext, x: Handle, shape: readonly number[], attrs: Attributes) => Handle;

function windowOf(
  { tf }: KernelContext,
  shape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: Attributes,
) {
  const sizes = shape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(sizes, filterSize, strides, 1, pad, dimRoundingMode);
  const { top, bottom, left, right } = info.padInfo;
  return {
    size: [info.filterHeight, info.filterWidth],
    stride: [info.strideHeight, info.strideWidth],
    sides: { top, bottom, left, right },
    isPadded: top + bottom + left + right > 0,
  };
}

const maximum: Pool = (context, x, shape, attrs) => {
  const { size, stride, sides, isPadded } = windowOf(context, shape, attrs);
  const input = toNchw(context, x);
  const around = isPadded ? padded(context, input, sides, Number.NEGATIVE_INFINITY) : input;
  return toNhwc(context, context.torch.call("max_pool2d", around, size, stride));
};

/** Over the pixels that are there: padding does not count. */
const average: Pool = (context, x, shape, attrs) => {
  const { torch } = context;
  const { size, stride, sides, isPadded } = windowOf(context, shape, attrs);
  const input = toNchw(context, floats(context, x));
  if (!isPadded) return toNhwc(context, torch.call("avg_pool2d", input, size, stride));
  const sums = (value: Handle) =>
    torch.call("avg_pool2d", padded(context, value, sides), size, stride, [0, 0], false, true, 1);
  const ones = torch.call("ones", [1, 1, shape[1], shape[2]], "float32", null, torch.device);
  return toNhwc(context, torch.call("div.Tensor", sums(input), sums(ones)));
};

const forward =
  (pool: Pool): Kernel =>
  (context, { x }, attrs) =>
    context.backend.output(pool(context, context.backend.value(x), x.shape, attrs), "float32");

/** dy through the pool, by libtorch's own derivative. */
const gradient =
  (pool: Pool): Kernel =>
  (context, { dy, input }: { readonly [name: string]: TensorInfo }, attrs) => {
    const { torch, backend } = context;
    const { addon } = torch;
    const x = torch.call("detach", torch.call("clone", floats(context, backend.value(input))));
    addon.setRequiresGrad([x], true);
    const before = addon.setGradEnabled(true);
    try {
      const y = pool(context, x, input.shape, attrs);
      const product = torch.call("sum", torch.call("mul.Tensor", y, backend.value(dy)));
      const [dx] = addon.gradients(product, [x], torch.scalar(1, "float32"));
      return backend.output(dx as Handle, "float32", input.shape);
    } finally {
      addon.setGradEnabled(before);
    }
  };

export const poolingKernels: Kernels = {
  MaxPool: forward(maximum),
  MaxPoolGrad: gradient(maximum),
  AvgPool: forward(average),
  AvgPoolGrad: gradient(average),
};
