import { adam, type KernelContext, Libtorch, loadAddon, registerTorch } from "@eosin/engine-torch";
import { EosinError } from "@eosin/plugin-api";
import type { Engine, EngineIdentity, EngineOps, HostTensor } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import { ownData } from "../ops/own-data.js";
import { loadTfjs } from "../tfjs/load.js";
import { createTfjsEngine } from "../tfjs-engine.js";
import { createTorchDifferentiation } from "./differentiation.js";
import { memoryLimit } from "./memory-limit.js";
import { namingExhaustedMemory } from "./out-of-memory.js";
import { registerResizing } from "./resizing.js";

/**
 * @param file The addon, built.
 * @param fused Whether the addon's own operators are used, which know the CPU alone.
 * @throws EosinError `ENGINE_FAILED`
 */
export async function openAddon(
  file: string,
  identity: EngineIdentity,
  fused = identity.device === "cpu",
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
  // Beyond it the system would end the process.
  if (identity.device === "cpu") addon.limitMemory(memoryLimit());
  const engine = await createTfjsEngine({
    identity,
    tf,
    name,
    explicitPadding: true,
    upload: (host) => upload(context, host),
    activated: () => addon.setThreads(identity.threads),
    ops: { adam: fusedAdam(context) },
    differentiation: (core, definition) => createTorchDifferentiation(core, context, definition),
  });
  return namingExhaustedMemory(engine);
}

function load(file: string) {
  try {
    return loadAddon(file);
  } catch (cause) {
    throw torchFailed(cause instanceof Error ? cause.message : String(cause), cause);
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

function upload({ tf, torch, backend }: KernelContext, { data, shape }: HostTensor): Tensor {
  const type = data instanceof Int32Array ? "int32" : "float32";
  const handle = torch.addon.upload(data, shape, type, torch.device);
  return tf.engine().makeTensorFromTensorInfo(backend.output(handle, type, [...shape]));
}

/** All variables in one pass. */
function fusedAdam(context: KernelContext): EngineOps["adam"] {
  return (updates, how) => {
    for (const { variable, first, second } of updates) {
      for (const each of [variable, first, second]) ownData(context.tf, each);
    }
    context.backend.scoped(() => adam(context, updates, how));
  };
}
