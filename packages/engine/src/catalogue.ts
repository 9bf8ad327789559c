import type { EngineDefinition } from "@eosin/engine-kit/definition";
import { torchEngine } from "@eosin/engine-torch";
import { cpuEngine } from "./cpu/definition.js";
import { tensorflowEngine } from "./tensorflow/definition.js";
import { wasmEngine } from "./wasm/definition.js";
import { webgpuEngine } from "./webgpu/definition.js";

/** In the order in which `auto` looks at them. */
export const engines: readonly EngineDefinition[] = [
  torchEngine,
  tensorflowEngine,
  webgpuEngine,
  wasmEngine,
  cpuEngine,
];
