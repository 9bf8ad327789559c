import type { ArtifactHandle, Look, LookContext, PlannedList } from "@eosin/plugin-api";
import type { DatasetIndex, Split } from "@eosin/plugin-api/imaging";
import { readRecords } from "./look-blobs.js";
import { linesOfNote, recordsOf } from "./look-figures.js";

/** What is about a split, not about its data sets. */
const CODES = ["SPLIT_LEAK", "NO_TUMOUR_IN_PART"];

/**
 * Says what is remarkable about the sides of a split, by what the looks at its data sets found, and hands their settled
 * readers on.
 * @param join Makes the split's data set of those that its options name.
 */
export async function lookAtSplit(
  handles: readonly ArtifactHandle<DatasetIndex>[],
  join: (opened: readonly DatasetIndex[]) => DatasetIndex,
  context: LookContext<PlannedList<Split>>,
): Promise<Look<PlannedList<Split>>> {
  const looks = await Promise.all(handles.map((handle) => context.lookAt(handle)));
  const records = (await Promise.all(looks.map(async (look) => (look ? readRecords(look) : [])))).flat();
  const { items } = context.planned;
  const splits = items.map(({ value }) => value);
  const lines = linesOfNote(recordsOf(records, splits), CODES);
  if (looks.every((look) => look?.value.settled === undefined)) return { lines };
  const dataset = join(await Promise.all(handles.map(async (handle) => (await context.open(handle)).value)));
  const settled = items.map((item, i) => ({ ...item, value: { ...splits[i], dataset } }));
  return { lines, settled: { items: settled } };
}
