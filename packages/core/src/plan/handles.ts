import type { ArtifactHandle, JsonValue } from "@eosin/plugin-api";

export function isHandle(value: JsonValue): value is JsonValue & ArtifactHandle {
  return typeof value === "object" && value !== null && "$artifact" in value;
}

/** Every handle of a value, in order. */
export function handlesIn(value: JsonValue): readonly ArtifactHandle[] {
  if (typeof value !== "object" || value === null) return [];
  if (isHandle(value)) return [value];
  return Object.values(value).flatMap(handlesIn);
}
