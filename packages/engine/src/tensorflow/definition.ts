import { existsSync } from "node:fs";
import type { EngineDefinition } from "../engine-definition.js";
import { engineVersion } from "../versions.js";
import { locateTensorflow } from "./locate.js";

/** TensorFlow's native library through `@tensorflow/tfjs-node(-gpu)`: optional peers, which a user installs. */
export const tensorflowEngine: EngineDefinition = {
  name: "tensorflow",
  precisions: ["float32"],
  automatic: true,
  availability() {
    const found = locateTensorflow();
    if (!found) {
      return {
        name: "tensorflow",
        available: false,
        reason: "neither @tensorflow/tfjs-node-gpu nor @tensorflow/tfjs-node is installed",
        enable: enableCommand(),
      };
    }
    const { name, version, fault } = found;
    if (fault) {
      return { name: "tensorflow", available: false, reason: `${name} ${version}: ${fault}`, enable: enableCommand() };
    }
    return { name: "tensorflow", available: true, reason: `${name} ${version} is installed` };
  },
  identity({ threads }) {
    const found = locateTensorflow();
    const gpu = found?.name === "@tensorflow/tfjs-node-gpu" && hasNvidiaDriver();
    return {
      name: "tensorflow",
      version: engineVersion(gpu ? "tfjs-node-gpu" : "tfjs-node", found?.version ?? "none"),
      precision: "float32",
      threads,
      device: gpu ? "gpu" : "cpu",
    };
  },
  open: async (identity) => (await import("./open.js")).openTensorflow(identity),
};

function hasNvidiaDriver(): boolean {
  return existsSync("/proc/driver/nvidia/version");
}

/** In a folder of its own: a workspace that pnpm manages runs no install scripts. */
function enableCommand(): string {
  const name = `@tensorflow/tfjs-node${hasNvidiaDriver() ? "-gpu" : ""}@4.22.0`;
  return `npm install --prefix "$HOME/.eosin" ${name} && export NODE_PATH="$HOME/.eosin/node_modules"`;
}
