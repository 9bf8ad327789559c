import { requireDevice } from "@eosin/engine-kit/definition";
import type { TorchAbout } from "./install/installation.js";

/** The devices of this machine as libtorch names them, the best first. */
export function torchDevices({ devices }: TorchAbout): readonly string[] {
  return [...devices.map((_, index) => `cuda:${index}`), "cpu"];
}

/**
 * @param requested `cpu`, `cuda` (the first GPU), `cuda:1`, …
 * @throws EosinError `ENGINE_DEVICE`
 */
export function chooseTorchDevice(requested: string | undefined, about: TorchAbout): string {
  return requireDevice("torch", requested === "cuda" ? "cuda:0" : requested, torchDevices(about));
}
