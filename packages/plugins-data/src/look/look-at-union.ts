import type { ArtifactHandle, Look, LookContext, PlannedValue } from "@eosin/plugin-api";
import type { DatasetIndex } from "@eosin/plugin-api/imaging";
import { unionIndex } from "../samples/union-index.js";
import { readRecords, writeRecords } from "./look-blobs.js";
import { linesOfNote, recordsOf } from "./look-figures.js";

/** A union has nothing of its own to open: it passes on what its members found, and looks for pictures in two of them. */
export async function lookAtUnion(
  handles: readonly ArtifactHandle<DatasetIndex>[],
  context: LookContext<PlannedValue<DatasetIndex>>,
): Promise<Look<PlannedValue<DatasetIndex>>> {
  const looks = await Promise.all(handles.map((handle) => context.lookAt(handle)));
  const members = await Promise.all(looks.map(async (look) => (look ? readRecords(look) : [])));
  const records = members.flat();
  await writeRecords(context.output, records);
  const repeated = new Set(members.flatMap((of) => linesOfNote(recordsOf(of), ["DUPLICATES"]).map(({ text }) => text)));
  const lines = linesOfNote(recordsOf(records), ["DUPLICATES"]).filter(({ text }) => !repeated.has(text));
  const changed = looks.some((look) => look?.value.settled !== undefined);
  if (!changed) return { lines };
  const opened = await Promise.all(handles.map(async (handle) => (await context.open(handle)).value));
  return { lines, settled: { value: unionIndex(opened, handles), identity: context.planned.identity } };
}
