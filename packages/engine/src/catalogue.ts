import { cpuEngine } from "./cpu/definition.js";
import type { EngineDefinition } from "./engine-definition.js";
import { tensorflowEngine } from "./tensorflow/definition.js";
import { wasmEngine } from "./wasm/definition.js";

/** In the order in which `auto` looks at them. */
export const engines: readonly EngineDefinition[] = [tensorflowEngine, wasmEngine, cpuEngine];
