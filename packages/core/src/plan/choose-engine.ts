import { EosinError, isEosinError, type SourcePlace } from "@eosin/plugin-api";
import { type EngineRequest, engineProvider } from "@eosin/plugin-api/learning";
import type { PluginRegistry } from "../container/registry.js";
import type { EngineSettings } from "../document/document.js";
import type { PlanEngine } from "./plan.js";

/**
 * Asks the engine plugin which engine it would take.
 * @throws EosinError of the provider (unknown or unavailable engine), with the place of the request
 */
export async function chooseEngine(
  request: EngineRequest,
  registry: PluginRegistry,
  /** Where that part of the request was made: a flag, or the document. */
  placeOf: (setting: keyof EngineSettings) => SourcePlace | string,
): Promise<PlanEngine> {
  try {
    const provider = await registry.services.get(engineProvider);
    const { identity, reason } = await provider.choose(request);
    return { identity: { ...identity }, reason };
  } catch (error) {
    if (!isEosinError(error) || error.place !== undefined) throw error;
    throw new EosinError({
      ...error,
      message: error.message,
      place: placeOf(settingAtFault(error.code, request)),
      cause: error,
    });
  }
}

function settingAtFault(code: string, { device, precision }: EngineRequest): keyof EngineSettings {
  // No engine at all: the most unusual wish is what none of them fulfils.
  if (code === "ENGINE_DEVICE" || (code === "NO_ENGINE" && device !== undefined)) return "device";
  if (code === "ENGINE_PRECISION" || (code === "NO_ENGINE" && precision !== "float32")) return "precision";
  return "name";
}
