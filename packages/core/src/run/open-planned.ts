import { type Artifact, type ArtifactHandle, EosinError, type JsonValue, type PlannedOutput } from "@eosin/plugin-api";

/**
 * Opens a handle of a planned instance: the value of the item that it names; without one, the value, or the values of
 * all items. Planned artifacts have no blobs.
 */
export function openPlanned<Value>(
  output: PlannedOutput,
  { $artifact: { type, instance, item } }: ArtifactHandle,
  axes: Artifact["axes"] = {},
): Artifact<Value> {
  return {
    type,
    instance,
    axes,
    value: plannedValue(output, instance, item) as Value,
    blobNames: [],
    blobPath(name) {
      throw new EosinError({
        code: "BLOB_MISSING",
        message: `${instance} is planned, so it has no blobs.`,
        place: instance,
        found: name,
      });
    },
  };
}

function plannedValue(output: PlannedOutput, instance: string, item?: string): JsonValue {
  if (!("items" in output)) return output.value;
  if (item === undefined) return output.items.map(({ value }) => value);
  const found = output.items.find(({ key }) => key === item);
  if (!found) {
    throw new EosinError({
      code: "ITEM_MISSING",
      message: `${instance} has no item ${item}.`,
      expected: `one of ${output.items.map(({ key }) => key).join(", ")}`,
      found: item,
    });
  }
  return found.value;
}
