import { EosinError, isEosinError, type JsonObject, type SourcePlace } from "@eosin/plugin-api";
import { type EngineRequest, engineProvider } from "@eosin/plugin-api/learning";
import type { PluginRegistry } from "../container/registry.js";
import type { PlanEngine } from "./plan.js";

/**
 * Asks the engine plugin which engine it would take.
 * @throws EosinError of the provider (unknown or unavailable engine), with the place of the request
 */
export async function chooseEngine(
  request: EngineRequest,
  registry: PluginRegistry,
  /** Where the request was made: a flag, or the document. */
  place: SourcePlace | string,
): Promise<PlanEngine> {
  try {
    const provider = await registry.services.get(engineProvider);
    const { identity, reason } = await provider.choose(request);
    return { identity: { ...identity } satisfies JsonObject, reason };
  } catch (error) {
    if (!isEosinError(error) || error.place !== undefined) throw error;
    throw new EosinError({ ...error, message: error.message, place, cause: error });
  }
}
