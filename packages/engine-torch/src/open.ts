import type { Engine, EngineIdentity } from "@eosin/plugin-api/learning";
import { findInstallation } from "./install/find-installation.js";
import { openAddon, torchFailed } from "./open-addon.js";

/** @throws EosinError `ENGINE_FAILED` where the addon or libtorch cannot be loaded. */
export async function openTorch(identity: EngineIdentity): Promise<Engine> {
  const installation = findInstallation();
  const file = installation && "addon" in installation ? installation.addon : undefined;
  if (!file) throw torchFailed("it is not installed");
  return openAddon(file, identity);
}
