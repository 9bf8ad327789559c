import { type EngineDefinition, requireDevice } from "@eosin/engine-kit/definition";
import { versionWith } from "../versions.js";
import { findGpuDriver } from "./gpu-driver.js";
import { locateWebgpu } from "./locate.js";

/** Any GPU with Vulkan, Metal or Direct3D 12, through Dawn; both packages are optional, and a user installs them. */
export const webgpuEngine: EngineDefinition = {
  name: "webgpu",
  precisions: ["float32"],
  // Never a software renderer's: it would be slower than wasm.
  get automatic() {
    return findGpuDriver().kind !== "software";
  },
  availability() {
    const found = locateWebgpu();
    if ("missing" in found) {
      return { name: "webgpu", available: false, reason: found.missing, enable: "pipe engine install webgpu" };
    }
    const { kind, reason, enable } = findGpuDriver();
    const available = kind !== "none";
    const installed = `webgpu ${found.dawn.version} (Dawn) is installed`;
    return { name: "webgpu", available, reason: available ? `${installed}; ${reason}` : reason, enable };
  },
  identity({ device }) {
    const found = locateWebgpu();
    const versions = "missing" in found ? "none" : `${found.backend.version}-dawn-${found.dawn.version}`;
    return {
      name: "webgpu",
      version: versionWith("tfjs-webgpu", versions),
      precision: "float32",
      threads: 1,
      device: requireDevice("webgpu", device, [findGpuDriver().kind === "software" ? "software" : "gpu"]),
    };
  },
  open: async (identity) => (await import("./open.js")).openWebgpu(identity),
  install: async (how) => (await import("./install.js")).installWebgpu(how),
};
