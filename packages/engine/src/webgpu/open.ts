import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { createTfjsEngine, loadTfjs } from "@eosin/engine-kit";
import { EosinError } from "@eosin/plugin-api";
import type { Engine, EngineIdentity, Tf } from "@eosin/plugin-api/learning";
import { messageOf } from "@eosin/support/message-of";
import type { KernelBackend } from "@tensorflow/tfjs-core";
import { mendReads, type WebgpuBackend } from "./backend.js";
import type { Dawn, Gpu, GpuAdapter, GpuAdapterInfo, GpuDevice } from "./dawn.js";
import { locateWebgpu } from "./locate.js";
import { softwareRenderer } from "./software-renderer.js";

interface BackendLibrary {
  readonly WebGPUBackend: new (device: GpuDevice, info: GpuAdapterInfo) => WebgpuBackend;
}

/** The limits that tfjs's shaders want as high as the adapter has them. */
const limitNames = [
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
  "maxBufferSize",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
] as const;

let ready: Promise<void> | undefined;
/** Dawn ends with this object, and everything that it made with it. */
let gpu: Gpu | undefined;

export async function openWebgpu(identity: EngineIdentity): Promise<Engine> {
  const tf = loadTfjs();
  ready ??= start(tf, identity.device === "software");
  try {
    await ready;
  } catch (error) {
    ready = undefined;
    throw error;
  }
  return createTfjsEngine({ identity, tf, name: "webgpu", explicitPadding: true });
}

async function start(tf: Tf, allowSoftware: boolean): Promise<void> {
  const found = locateWebgpu();
  if ("missing" in found) throw failure(found.missing, "pipe engine install webgpu");
  let adapter: GpuAdapter | null;
  let library: BackendLibrary;
  try {
    const { create, globals } = (await import(pathToFileURL(found.dawn.file).href)) as Dawn;
    Object.assign(globalThis, globals);
    gpu ??= create([]);
    // Loaded while there is no `navigator.gpu`: it then registers its kernels, but not a back end of its own, which asks
    // for features as a list in a list, and Dawn refuses that.
    library = createRequire(import.meta.url)(found.backend.file) as BackendLibrary;
    adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  } catch (cause) {
    throw failure(messageOf(cause), "pipe engine install webgpu --force", cause);
  }
  if (!adapter) {
    throw failure(
      "Dawn accepts none of the drivers here",
      "Update the GPU's Vulkan driver (Mesa 25 or later) and loader (libvulkan1), or choose the engine wasm.",
    );
  }
  const renderer = softwareRenderer(adapter);
  if (renderer && !allowSoftware) throw softwareRefused(renderer);
  const { limits, info } = adapter;
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(limitNames.map((name) => [name, limits[name]])),
  });
  const backend = withNavigator(gpu, () => new library.WebGPUBackend(device, info));
  mendReads(tf, backend, device);
  // Off: small tensors are then computed by the same shaders as large ones, which is what the conformance suite judges.
  tf.env().set("WEBGPU_CPU_FORWARD", false);
  tf.registerBackend("webgpu", () => backend as unknown as KernelBackend);
}

/** The back end refuses to be made without `navigator.gpu`; other libraries take a lasting one for a browser. */
function withNavigator<Result>(instance: Gpu, make: () => Result): Result {
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { gpu: instance }, configurable: true });
  try {
    return make();
  } finally {
    if (before) Object.defineProperty(globalThis, "navigator", before);
    else Reflect.deleteProperty(globalThis, "navigator");
  }
}

function failure(reason: string, next: string, cause?: unknown): EosinError {
  return new EosinError({
    code: "ENGINE_FAILED",
    message: `The engine webgpu did not start: ${reason}`,
    next,
    cause,
  });
}

function softwareRefused(renderer: string): EosinError {
  return new EosinError({
    code: "ENGINE_SOFTWARE_RENDERER",
    message:
      "The engine webgpu found no GPU, only a renderer that computes on the processor, slower than the engine wasm.",
    expected: "a GPU with a Vulkan, Metal or Direct3D 12 driver",
    found: renderer,
    next: "Choose the engine wasm. For a test, hide the GPU's drivers (VK_DRIVER_FILES) and set EOSIN_WEBGPU_SOFTWARE=1",
  });
}
