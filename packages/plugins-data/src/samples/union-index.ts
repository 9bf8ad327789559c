import type { ArtifactHandle, ComponentSpec, JsonValue } from "@eosin/plugin-api";
import type { DatasetComponent, DatasetIndex } from "@eosin/plugin-api/imaging";
import { readerSpec, withoutEmptyLists } from "./dataset-output.js";

/** Where a sample of a union comes from: its own dataset's reader and source. */
export interface UnionSource {
  readonly reader: ComponentSpec<DatasetComponent>;
  readonly source: JsonValue;
}

/** One index over several datasets; its reader passes each sample on to the reader of its own dataset. */
export function unionIndex(
  datasets: readonly DatasetIndex[],
  handles: readonly ArtifactHandle<DatasetIndex>[],
): DatasetIndex {
  return withoutEmptyLists({
    name: datasets.map((each) => each.name).join(" + "),
    summary: datasets.map((each) => each.summary).join("; "),
    reader: readerSpec("data/union", { datasets: handles }),
    passedOver: datasets.flatMap(({ name, passedOver = [] }) =>
      passedOver.map((each) => ({ ...each, folder: each.folder === "." ? name : `${name}/${each.folder}` })),
    ),
    remarks: datasets.flatMap(({ remarks = [] }) => remarks),
    ...commonRange(datasets),
    samples: datasets.flatMap(({ reader, samples }) =>
      samples.map((entry) => {
        const { uses, kind, plugin, with: options } = reader;
        const plain = { uses, with: options, kind, ...(plugin !== undefined && { plugin }) };
        return { ...entry, source: { reader: plain, source: entry.source } };
      }),
    ),
  });
}

/** Where members were settled to different ranges, no one range is that of all. */
function commonRange(datasets: readonly DatasetIndex[]): Pick<DatasetIndex, "range"> {
  const ranges = new Set(datasets.flatMap(({ range }) => range ?? []));
  const [range] = ranges;
  return ranges.size === 1 ? { range } : {};
}
