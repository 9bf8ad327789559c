import type { Engine, EngineIdentity } from "@eosin/plugin-api/learning";
import { loadTfjs } from "../tfjs/load.js";
import { createTfjsEngine } from "../tfjs-engine.js";

export async function openCpu(identity: EngineIdentity): Promise<Engine> {
  return createTfjsEngine({ identity, tf: loadTfjs(), name: "cpu", explicitPadding: true });
}
