import { createRequire } from "node:module";
import { type EngineDefinition, requireDevice } from "@eosin/engine-kit/definition";
import { versionWith } from "../versions.js";

const require = createRequire(import.meta.url);

/** The embedded default: WebAssembly SIMD on one thread. */
export const wasmEngine: EngineDefinition = {
  name: "wasm",
  precisions: ["float32"],
  automatic: true,
  availability: () => ({ name: "wasm", available: true, reason: "embedded: WebAssembly SIMD on one thread" }),
  identity: ({ device }) => ({
    name: "wasm",
    version: versionWith("tfjs-wasm", libraryVersion()),
    precision: "float32",
    // tfjs-backend-wasm starts its threads from blob URLs, which Node's workers refuse.
    threads: 1,
    device: requireDevice("wasm", device, ["cpu"]),
  }),
  open: async (identity) => (await import("./open.js")).openWasm(identity),
};

function libraryVersion(): string {
  return (require("@tensorflow/tfjs-backend-wasm/package.json") as { version: string }).version;
}
