import { createTfjsEngine, loadTfjs, ownData } from "@eosin/engine-kit";
import { EosinError } from "@eosin/plugin-api";
import type { Engine, EngineIdentity, EngineOps, HostTensor } from "@eosin/plugin-api/learning";
import { messageOf } from "@eosin/support/message-of";
import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { adam } from "./adam.js";
import { type Addon, loadAddon } from "./addon.js";
import { createTorchDifferentiation } from "./differentiation.js";
import { globalNorm } from "./global-norm.js";
import type { KernelContext } from "./kernels/kernel.js";
import { Libtorch } from "./libtorch.js";
import { memoryLimit } from "./memory-limit.js";
import { movingAverage } from "./moving-average.js";
import { namingExhaustedMemory } from "./out-of-memory.js";
import { registerTorch } from "./register.js";
import { graphsOn } from "./replay/cuda-graphs.js";
import type { GraphSupport } from "./replay/graph-support.js";
import { registerResizing } from "./resizing.js";
import { moveStatistics } from "./running-statistics.js";
import { sgd } from "./sgd.js";

export interface AddonOptions {
  /** Whether the addon's own operators are used, which know the CPU alone. */
  readonly fused?: boolean;
  /** What captures training passes; nothing on the CPU. */
  readonly graphs?: (torch: Libtorch) => GraphSupport;
}

/**
 * @param file The addon, built.
 * @throws EosinError `ENGINE_FAILED`
 */
export async function openAddon(
  file: string,
  identity: EngineIdentity,
  { fused = identity.device === "cpu", graphs = graphsOn(identity.device) }: AddonOptions = {},
): Promise<Engine> {
  const tf = loadTfjs();
  const torch = new Libtorch(load(file), identity.device, fused);
  const { addon } = torch;
  const half = identity.precision === "bfloat16";
  const traits = [half && "bfloat16", identity.device !== "cpu" && identity.device, fused || "composed"];
  const name = ["torch", ...traits.filter((trait) => typeof trait === "string")].join("-");
  const context = await registerTorch(tf, name, torch, half);
  registerResizing(tf, name);
  addon.setGradEnabled(false);
  // Beyond it the system would end the process. A GPU has a limit of its own.
  if (identity.device === "cpu") addon.limitMemory(memoryLimit());
  const engine = await createTfjsEngine({
    identity,
    tf,
    name,
    explicitPadding: true,
    convolutionBias: true,
    dilatedConvolution: true,
    memoryLimitBytes: gpuMemory(addon, identity.device),
    upload: (host) => upload(context, host),
    activated: () => addon.setThreads(identity.threads),
    ops: wholeLists(context),
    moveStatistics: (moves) => context.backend.scoped(() => moveStatistics(context, moves)),
    differentiation: (core, definition) =>
      createTorchDifferentiation(core, context, definition, graphs?.(context.torch)),
  });
  return namingExhaustedMemory(engine);
}

function load(file: string) {
  try {
    return loadAddon(file);
  } catch (cause) {
    throw torchFailed(messageOf(cause), cause);
  }
}

export function torchFailed(reason: string, cause?: unknown): EosinError {
  return new EosinError({
    code: "ENGINE_FAILED",
    message: `The engine torch could not be opened: ${reason}.`,
    next: "pipe engine install torch --force",
    cause,
  });
}

/** Absent on the CPU, and where the addon was built without CUDA's headers. */
function gpuMemory(addon: Addon, device: string): number | undefined {
  return addon.about().devices.find((_, index) => device === `cuda:${index}`)?.memory;
}

function upload({ tf, torch, backend }: KernelContext, { data, shape }: HostTensor): Tensor {
  const type = data instanceof Int32Array ? "int32" : "float32";
  const handle = torch.addon.upload(data, shape, type, torch.device);
  return tf.engine().makeTensorFromTensorInfo(backend.output(handle, type, [...shape]));
}

/** All tensors in one pass. */
function wholeLists(context: KernelContext): Pick<EngineOps, "adam" | "sgd" | "movingAverage" | "globalNorm"> {
  const own = (variables: readonly Variable[]) => {
    for (const each of variables) ownData(context.tf, each);
  };
  return {
    adam: (updates, how) => {
      own(updates.flatMap(({ variable, first, second }) => [variable, first, second]));
      context.backend.scoped(() => adam(context, updates, how));
    },
    sgd: (updates, how) => {
      own(updates.flatMap(({ variable, velocity }) => (velocity ? [variable, velocity] : [variable])));
      context.backend.scoped(() => sgd(context, updates, how));
    },
    movingAverage: (updates, how) => {
      own(updates.map(({ average }) => average));
      context.backend.scoped(() => movingAverage(context, updates, how));
    },
    globalNorm: (tensors) => globalNorm(context, tensors),
  };
}
