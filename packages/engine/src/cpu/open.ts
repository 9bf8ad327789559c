import { createTfjsEngine, loadTfjs } from "@eosin/engine-kit";
import type { Engine, EngineIdentity } from "@eosin/plugin-api/learning";

export async function openCpu(identity: EngineIdentity): Promise<Engine> {
  return createTfjsEngine({ identity, tf: loadTfjs(), name: "cpu", explicitPadding: true });
}
