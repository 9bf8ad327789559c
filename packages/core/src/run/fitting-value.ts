import { type ArtifactType, EosinError, type JsonValue } from "@eosin/plugin-api";
import type { PlanInstance } from "../plan/plan.js";
import { requireJson } from "../store/plain-json.js";

/**
 * What an instance returned, as it may be stored: plain JSON that fits the type of its artifact.
 * @param type Nothing where its component states none.
 * @throws EosinError `STEP_VALUE_INVALID`
 */
export function fitting(
  value: unknown,
  type: ArtifactType | undefined,
  { instance: { id, plugin } }: { readonly instance: Pick<PlanInstance, "id" | "plugin"> },
): JsonValue {
  requireJson(value, id);
  const [issue] = type?.schema.safeParse(value).error?.issues ?? [];
  if (issue === undefined) return value;
  throw new EosinError({
    code: "STEP_VALUE_INVALID",
    message: `What ${id} returned is not an artifact ${type?.name}: ${["value", ...issue.path].join(".")}: ${issue.message}.`,
    place: id,
    expected: `a value of the artifact ${type?.name}`,
    next: `This is a fault of ${plugin}: tell its author.`,
  });
}
