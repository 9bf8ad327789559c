import { EosinError, type StepContext } from "@eosin/plugin-api";
import type { EngineIdentity } from "@eosin/plugin-api/learning";

/** @throws EosinError `ENGINE_MISSING` where the plan names none. */
export function engineOf({ engine, instance }: StepContext): EngineIdentity {
  if (engine) return engine;
  throw new EosinError({
    code: "ENGINE_MISSING",
    message: `The plan names no engine for ${instance}.`,
    next: "Make the plan again with `pipe plan`.",
  });
}
