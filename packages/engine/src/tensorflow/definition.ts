import { type EngineDefinition, requireDevice } from "@eosin/engine-kit/definition";
import { versionWith } from "../versions.js";
import { locateTensorflow } from "./locate.js";
import { hasNvidiaDriver } from "./nvidia-driver.js";

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
        enable: "pipe engine install tensorflow",
      };
    }
    const { name, version, libraryVersion, fault } = found;
    if (fault) {
      return {
        name: "tensorflow",
        available: false,
        reason: `${name} ${version}: ${fault}`,
        enable: "pipe engine install tensorflow --force",
      };
    }
    const library = libraryVersion ? `, with TensorFlow ${libraryVersion}` : "";
    return { name: "tensorflow", available: true, reason: `${name} ${version} is installed${library}` };
  },
  identity({ threads, device }) {
    const found = locateTensorflow();
    const gpu = found?.name === "@tensorflow/tfjs-node-gpu" && hasNvidiaDriver();
    const library = found?.libraryVersion ? `-tensorflow-${found.libraryVersion}` : "";
    return {
      name: "tensorflow",
      version: versionWith(gpu ? "tfjs-node-gpu" : "tfjs-node", `${found?.version ?? "none"}${library}`),
      precision: "float32",
      threads,
      device: requireDevice("tensorflow", device, [gpu ? "gpu" : "cpu"]),
    };
  },
  open: async (identity) => (await import("./open.js")).openTensorflow(identity),
  install: async (how, variant) => (await import("./install.js")).installTensorflow(how, variant),
  installNames: ["tensorflow-gpu"],
};
