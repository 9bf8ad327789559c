import { type ArtifactHandle, type ComponentContext, listOfHandles } from "@eosin/plugin-api";
import type { DatasetComponent, DatasetIndex } from "@eosin/plugin-api/imaging";
import { datasetOutput } from "../../samples/dataset-output.js";
import { type UnionSource, unionIndex } from "../../samples/union-index.js";

export function createUnion(
  datasets: ArtifactHandle<DatasetIndex> | readonly ArtifactHandle<DatasetIndex>[],
  create: ComponentContext<unknown>["create"],
): DatasetComponent {
  const readers = new Map<string, Promise<DatasetComponent>>();
  return {
    async plan(context) {
      const handles = listOfHandles(datasets);
      const opened = await Promise.all(handles.map((handle) => context.open(handle)));
      return datasetOutput(
        unionIndex(
          opened.map((each) => each.value),
          handles,
        ),
      );
    },
    look: async (context) =>
      (await import("../../look/look-at-union.js")).lookAtUnion(listOfHandles(datasets), context),
    async read(entry) {
      const { reader, source } = entry.source as unknown as UnionSource;
      const key = JSON.stringify(reader);
      const known = readers.get(key) ?? create(reader);
      readers.set(key, known);
      return (await known).read({ ...entry, source });
    },
  };
}
