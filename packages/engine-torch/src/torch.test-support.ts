import type { Engine, EngineIdentity } from "@eosin/plugin-api/learning";
import { installedTorch } from "../../../test/fixtures/installed-torch.js";
import { isHere } from "../../../test/fixtures/required.js";
import { type AddonOptions, openAddon } from "./open-addon.js";

/** Absent where there is no libtorch, or no compiler to build against it. */
export const torchInstallation: { readonly addon: string } | undefined = await installedTorch();
isHere("torch", torchInstallation !== undefined, "libtorch with a C++ compiler (apt install libtorch-dev g++)");

export function openTestTorch(how: Partial<EngineIdentity> = {}, options?: AddonOptions): Promise<Engine> {
  if (!torchInstallation) throw new Error("there is no libtorch: this test should have been skipped");
  const identity = { name: "torch", version: "test", precision: "float32", threads: 1, device: "cpu", ...how } as const;
  return openAddon(torchInstallation.addon, identity, options);
}
