import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import { createTfjsEngine, loadTfjs } from "@eosin/engine-kit";
import { EosinError } from "@eosin/plugin-api";
import type { Engine, EngineIdentity, HostTensor, Tf } from "@eosin/plugin-api/learning";
import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { registerIdentity } from "./identity.js";
import { registerWasmKernels } from "./kernels/register.js";

const require = createRequire(import.meta.url);

/** 32-bit addresses reach 4 GiB; the allocation guard leaves the last 64 MiB of them to packed weights. */
const MEMORY_LIMIT_BYTES = 2 ** 32 - 2 ** 26;

interface WasmBackend {
  makeOutput(shape: number[], dtype: "float32" | "int32"): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array;
}

let ready: Promise<void> | undefined;

export async function openWasm(identity: EngineIdentity): Promise<Engine> {
  const tf = loadTfjs();
  ready ??= start(tf);
  await ready;
  return createTfjsEngine({
    identity,
    tf,
    name: "wasm",
    explicitPadding: true,
    memoryLimitBytes: MEMORY_LIMIT_BYTES,
    upload: (host) => upload(tf, host),
  });
}

async function start(tf: Tf): Promise<void> {
  const library = require("@tensorflow/tfjs-backend-wasm") as { setWasmPaths(prefix: string): void };
  library.setWasmPaths(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")) + sep);
  if (!(await keepingProcessHandlers(() => tf.setBackend("wasm")))) {
    throw new EosinError({
      code: "ENGINE_FAILED",
      message: "The wasm engine did not start.",
      expected: "a Node.js with WebAssembly SIMD",
      found: `Node.js ${process.version}`,
      next: "pnpm install --force",
    });
  }
  registerIdentity(tf);
  await registerWasmKernels(tf, tf.backend());
}

/**
 * Emscripten's start-up code listens for the whole process's uncaught errors to throw them again, which would hide them
 * from everyone else.
 */
async function keepingProcessHandlers<Result>(load: () => Promise<Result>): Promise<Result> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as "uncaughtException")));
  try {
    return await load();
  } finally {
    events.forEach((event, index) => {
      for (const listener of process.listeners(event as "uncaughtException")) {
        if (!before[index].has(listener)) process.removeListener(event, listener);
      }
    });
  }
}

/** Converts into the heap itself: 8-bit data is never held as float32 on the host. */
function upload(tf: Tf, { data, shape }: HostTensor): Tensor {
  const backend = tf.backend() as unknown as WasmBackend;
  const info = backend.makeOutput([...shape], data instanceof Int32Array ? "int32" : "float32");
  backend.typedArrayFromHeap(info).set(data);
  return tf.engine().makeTensorFromTensorInfo(info);
}
