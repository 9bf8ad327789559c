import { cpuEngine } from "./cpu/definition.js";
import type { EngineDefinition } from "./engine-definition.js";
import { tensorflowEngine } from "./tensorflow/definition.js";
import { torchEngine } from "./torch/definition.js";
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
