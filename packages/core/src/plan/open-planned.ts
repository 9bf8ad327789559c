import { type Artifact, type ArtifactHandle, EosinError, type PlannedOutput } from "@eosin/plugin-api";

/**
 * Opens a handle of a planned instance: the value, or that of the item that it names; without one, of the only item.
 * Planned artifacts have no blobs.
 * @throws EosinError `ITEM_MISSING`, `SEVERAL_ITEMS`
 */
export function openPlanned<Value>(
  output: PlannedOutput,
  handle: ArtifactHandle<Value>,
  axes: Artifact["axes"] = {},
): Artifact<Value> {
  const { type, instance } = handle.$artifact;
  const [value, ...others] = plannedValues(output, handle);
  if (others.length > 0) {
    throw new EosinError({
      code: "SEVERAL_ITEMS",
      message: `${instance} is a list of ${others.length + 1}, and one is wanted.`,
      expected: `one item of ${instance}, e.g. by each: { fold: "\${steps.${instance}}" } and "\${each.fold}"`,
      found: `all ${others.length + 1}`,
    });
  }
  return {
    type,
    instance,
    axes,
    value,
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

/**
 * The value of a planned instance, or those of its items: of the one that the handle names, else of all.
 * @throws EosinError `ITEM_MISSING`
 */
export function plannedValues<Value>(
  output: PlannedOutput,
  { $artifact: { instance, item } }: ArtifactHandle<Value>,
): readonly Value[] {
  const values = "items" in output ? itemsOf(output.items, instance, item) : [output.value];
  // Planning checked them against the type of the artifact that the handle is of.
  return values as readonly Value[];
}

function itemsOf(
  items: readonly { readonly key: string; readonly value: unknown }[],
  instance: string,
  item: string | undefined,
): readonly unknown[] {
  if (item === undefined) return items.map(({ value }) => value);
  const found = items.find(({ key }) => key === item);
  if (found) return [found.value];
  throw new EosinError({
    code: "ITEM_MISSING",
    message: `${instance} has no item ${item}.`,
    expected: `one of ${items.map(({ key }) => key).join(", ")}`,
    found: item,
  });
}
