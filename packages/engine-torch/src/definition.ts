import { createRequire } from "node:module";
import { type EngineDefinition, engineVersion } from "@eosin/engine-kit/definition";
import { EosinError } from "@eosin/plugin-api";
import { torchDetails } from "./details.js";
import { chooseTorchDevice } from "./devices.js";
import { findInstallation } from "./install/find-installation.js";
import type { TorchInstallation } from "./install/installation.js";
import { libraryVersion } from "./library-version.js";

const require = createRequire(import.meta.url);
const { version: ownVersion } = require("../package.json") as { version: string };

const INSTALL = "pipe engine install torch";

/** PyTorch's native library, libtorch, through an addon of our own that is built on this machine. */
export const torchEngine: EngineDefinition = {
  name: "torch",
  precisions: ["float32", "bfloat16"],
  automatic: true,
  availability() {
    const found = findInstallation();
    if (!found) return { name: "torch", available: false, reason: "its addon is not built", enable: INSTALL };
    if ("fault" in found) return { name: "torch", available: false, reason: found.fault, enable: INSTALL };
    const { info } = found;
    return {
      name: "torch",
      available: true,
      reason: `built against libtorch ${info.version}`,
      details: torchDetails(info),
    };
  },
  identity({ precision, threads, device }) {
    const { info } = installation();
    const chosen = chooseTorchDevice(device, info.about);
    return {
      name: "torch",
      version: engineVersion(ownVersion, "libtorch", libraryVersion(info, chosen)),
      precision,
      threads: engineThreads(threads),
      device: chosen,
    };
  },
  open: async (identity) => (await import("./open.js")).openTorch(identity),
  async install(how) {
    const { installTorch } = await import("./install/index.js");
    await installTorch(how);
  },
};

/** From here on a core is left to the threads that prepare batches: with few, they would stand idle most of the time. */
const CORES_TO_SHARE = 4;

function engineThreads(cores: number): number {
  return cores >= CORES_TO_SHARE ? cores - 1 : cores;
}

function installation(): TorchInstallation {
  const found = findInstallation();
  if (found && "addon" in found) return found;
  const reason = found?.fault ?? "its addon is not built";
  throw new EosinError({
    code: "ENGINE_UNAVAILABLE",
    message: `The engine torch is not available: ${reason}.`,
    next: INSTALL,
  });
}
