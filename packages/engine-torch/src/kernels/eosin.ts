import type { Activation, KernelName, KernelSignatures } from "@eosin/engine-kit";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Handle } from "../addon.js";
import { toNchw, toNhwc } from "./channels-last.js";
import { floats, type KernelContext, stored } from "./kernel.js";

type Infos<T> = { readonly [Key in keyof T]: TensorInfo };

/** One of Eosin's own kernels, typed by its signature. */
type EosinKernel<Name extends KernelName> = (
  context: KernelContext,
  inputs: Infos<KernelSignatures[Name]["inputs"]>,
  attrs: KernelSignatures[Name]["attrs"],
) => TensorInfo | TensorInfo[];

function activate({ torch }: KernelContext, z: Handle, activation: Activation): Handle {
  if (activation === "none") return z;
  return activation === "relu6" ? torch.call("hardtanh", z, 0, 6) : torch.call(activation, z);
}

const batchNormTraining: EosinKernel<"EosinBatchNormTraining"> = (
  context,
  { x, gamma, beta },
  { epsilon, activation },
) => {
  const { torch, backend } = context;
  const input = backend.value(x);
  const parameters = [backend.value(gamma), backend.value(beta)] as const;
  if (torch.fused) {
    const [y, mean, variance] = torch.calls("eosin::batch_norm", input, ...parameters, epsilon, activation);
    return [
      backend.output(y, "float32", x.shape),
      backend.output(mean, "float32", gamma.shape),
      backend.output(variance, "float32", gamma.shape),
    ];
  }
  const normalised = torch.calls(
    "native_batch_norm",
    toNchw(context, input),
    ...parameters,
    null,
    null,
    true,
    0,
    epsilon,
  );
  const [y, mean, inverseDeviation] = normalised;
  const variance = torch.call("sub.Scalar", torch.call("pow.Tensor_Scalar", inverseDeviation, -2), epsilon);
  return [
    backend.output(activate(context, toNhwc(context, y), activation), "float32", x.shape),
    backend.output(torch.call("detach", mean), "float32", gamma.shape),
    backend.output(torch.call("detach", variance), "float32", gamma.shape),
  ];
};

const instanceNorm: EosinKernel<"EosinInstanceNorm"> = (context, { x, gamma, beta }, { epsilon, slope }) => {
  const { torch, backend } = context;
  const input = backend.value(x);
  const parameters = [backend.value(gamma), backend.value(beta)] as const;
  const [batch, height, width, channels] = x.shape;
  const outputs = (y: Handle, mean: Handle, variance: Handle) => [
    backend.output(y, "float32", x.shape),
    backend.output(mean, "float32", [batch, channels]),
    backend.output(variance, "float32", [batch, channels]),
  ];
  if (torch.fused) {
    const [y, mean, variance] = torch.calls("eosin::instance_norm", input, ...parameters, epsilon, slope);
    return outputs(y, mean, variance);
  }
  // Batch normalisation of one sample that has the channels of all of them.
  const planes = torch.call("reshape", toNchw(context, input), [1, batch * channels, height, width]);
  const repeated = parameters.map((each) => torch.call("repeat", each, [batch]));
  const [y, mean, inverseDeviation] = torch.calls(
    "native_batch_norm",
    planes,
    ...repeated,
    null,
    null,
    true,
    0,
    epsilon,
  );
  const variance = torch.call("sub.Scalar", torch.call("pow.Tensor_Scalar", inverseDeviation, -2), epsilon);
  const z = toNhwc(context, torch.call("reshape", y, [batch, channels, height, width]));
  const laid = torch.call("contiguous", z);
  const ofSamples = (statistic: Handle) => torch.call("reshape", torch.call("detach", statistic), [batch, channels]);
  return outputs(slope === 1 ? laid : torch.call("leaky_relu", laid, slope), ofSamples(mean), ofSamples(variance));
};

const affineActivation: EosinKernel<"EosinAffineActivation"> = (context, { x, scale, shift }, { activation }) => {
  const { torch, backend } = context;
  const input = backend.value(x);
  const parameters = [backend.value(scale), backend.value(shift)] as const;
  const recorded = torch.addon.requiresGrad(input) || parameters.some((each) => torch.addon.requiresGrad(each));
  if (torch.fused && !recorded) {
    return backend.output(torch.call("eosin::affine_activation", input, ...parameters, activation), "float32", x.shape);
  }
  const type = torch.addon.dtype(input);
  const [factor, offset] = parameters.map((each) => torch.to(each, type));
  const z = torch.call("add.Tensor", torch.call("mul.Tensor", input, factor), offset);
  return backend.output(activate(context, z, activation), "float32", x.shape);
};

const sigmoidScale: EosinKernel<"EosinSigmoidScale"> = (context, { x, gate }) => {
  const { torch, backend } = context;
  const [input, scale] = [backend.value(x), backend.value(gate)];
  if (torch.fused) return backend.output(torch.call("eosin::sigmoid_scale", input, scale), "float32", x.shape);
  const factor = torch.to(torch.call("sigmoid", scale), torch.addon.dtype(input));
  return backend.output(torch.call("mul.Tensor", input, factor), "float32", x.shape);
};

const globalMean: EosinKernel<"EosinGlobalMean"> = (context, { x }) => {
  const { torch, backend } = context;
  const input = backend.value(x);
  const mean = torch.fused
    ? torch.call("eosin::global_mean", input)
    : torch.to(torch.call("mean.dim", input, [1, 2], true, "float32"), torch.addon.dtype(input));
  return backend.output(mean, "float32");
};

/** Made whole only for those who want it whole: most convolutions don't. */
const upsample2Concat: EosinKernel<"EosinUpsample2Concat"> = (context, { x, skip }) => {
  const { torch, backend } = context;
  const whole = skip ? [x, skip] : [x];
  // Views: the parts live as long as this does, whenever tfjs frees its own.
  const parts = whole.map((each) => torch.call("alias", stored(context, backend.value(each))));
  const [batch, height, width, channels] = x.shape;
  const shape = [batch, height * 2, width * 2, channels + (skip ? skip.shape[3] : 0)];
  const compute = (): Handle => {
    const [small, large] = parts;
    const doubled = torch.call("upsample_nearest2d", toNchw(context, small), [height * 2, width * 2]);
    return toNhwc(context, skip ? torch.call("cat", [doubled, toNchw(context, large)], 1) : doubled);
  };
  // Measured on CPUs alone.
  if (!torch.fused) return backend.output(compute(), "float32", shape);
  return backend.defer({ parts, compute }, shape);
};

/** In float32, whatever the engine's precision: so its statistics are, and older libraries know no other. */
const groupNorm: EosinKernel<"EosinGroupNorm"> = (context, { x, gamma, beta }, { groups, epsilon }) => {
  const { torch, backend } = context;
  const input = toNchw(context, floats(context, backend.value(x)));
  const [batch, height, width, channels] = x.shape;
  const sizes = [batch, channels, height * width, groups, epsilon] as const;
  const [y, mean, inverse] = torch.calls(
    "native_group_norm",
    torch.call("contiguous", input),
    ...[gamma, beta].map((each) => floats(context, backend.value(each))),
    ...sizes,
  );
  const statistics = [mean, inverse].map((each) =>
    backend.output(torch.call("detach", each), "float32", [batch, groups]),
  );
  return [backend.output(stored(context, toNhwc(context, y)), "float32", x.shape), ...statistics];
};

const upsampleAligned: EosinKernel<"EosinUpsampleAligned"> = (context, { x }, { factor }) => {
  const { torch, backend } = context;
  const [batch, height, width, channels] = x.shape;
  const input = toNchw(context, floats(context, backend.value(x)));
  const y = torch.call("upsample_bilinear2d", input, [height * factor, width * factor], true, null, null);
  const shape = [batch, height * factor, width * factor, channels];
  return backend.output(stored(context, toNhwc(context, y)), "float32", shape);
};

/**
 * Without kernels of gradients, which are libtorch's, and of updates in place: this engine makes all of them at once
 * (`adam`, `sgd`, `moveStatistics`).
 */
export const eosinKernels: { readonly [Name in KernelName]?: EosinKernel<Name> } = {
  EosinBatchNormTraining: batchNormTraining,
  EosinInstanceNorm: instanceNorm,
  EosinAffineActivation: affineActivation,
  EosinSilu: ({ torch, backend }, { x }) => backend.output(torch.call("silu", backend.value(x)), "float32", x.shape),
  EosinSigmoidScale: sigmoidScale,
  EosinGlobalMean: globalMean,
  EosinUpsample2Concat: upsample2Concat,
  EosinGroupNorm: groupNorm,
  EosinUpsampleAligned: upsampleAligned,
};
