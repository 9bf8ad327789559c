import { createRequire } from "node:module";
import { type EngineDefinition, requireDevice } from "@eosin/engine-kit/definition";
import { versionWith } from "../versions.js";

const require = createRequire(import.meta.url);

/** Plain JavaScript: a second opinion for tests, far too slow to train. */
export const cpuEngine: EngineDefinition = {
  name: "cpu",
  precisions: ["float32"],
  automatic: false,
  availability: () => ({
    name: "cpu",
    available: true,
    reason: "embedded: plain JavaScript, a reference for tests (slow)",
  }),
  identity: ({ device }) => ({
    name: "cpu",
    version: versionWith("tfjs-cpu", (require("@tensorflow/tfjs/package.json") as { version: string }).version),
    precision: "float32",
    threads: 1,
    device: requireDevice("cpu", device, ["cpu"]),
  }),
  open: async (identity) => (await import("./open.js")).openCpu(identity),
};
