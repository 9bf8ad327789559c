import {
  EosinError,
  type JsonValue,
  type Look,
  type LookContext,
  type LookLine,
  type PlannedValue,
  type PluginModules,
} from "@eosin/plugin-api";
import type { DatasetIndex } from "@eosin/plugin-api/imaging";
import type { PairSource } from "../pairs/index-pairs.js";
import type { ReadingOptions } from "../pairs/reading-options.js";
import { counted } from "../samples/dataset-output.js";
import { lookPage } from "./html/look-page.js";
import { lookAtSamples, type SampleFault } from "./look-at-samples.js";
import { writeRecords } from "./look-blobs.js";
import { LookCache } from "./look-cache.js";
import { recordsOf } from "./look-figures.js";
import type { LookRecord } from "./look-record.js";
import { type LookProblem, mayBeReadOtherwise } from "./looked-sample.js";
import { findOutliers } from "./outliers.js";
import { remarkLines } from "./remark-lines.js";
import { sanityLines } from "./sanity-lines.js";
import { readOtherwise, type SettledReading, settleReading } from "./settle-reading.js";
import { lookSeparator } from "./stain-figures.js";

/** Faults that one error carries; the others are counted. */
const FAULTS_IN_ERROR = 20;
const PAGE = "page.html";

/**
 * Opens every file of a data set once: finds files that cannot be read, settles what they decide together (the range of
 * deep images, the rule of masks), and tells what is remarkable.
 * @throws EosinError of the first fault, which carries the others, unless `context.onFault` takes them
 */
export async function lookAtDataset(
  options: ReadingOptions,
  modules: PluginModules,
  context: LookContext<PlannedValue<DatasetIndex>>,
): Promise<Look<PlannedValue<DatasetIndex>>> {
  const index = context.planned.value;
  const paths = new Map(index.samples.map(({ id, source }) => [id, (source as PairSource).image]));
  const { plugin = "" } = lookSeparator;
  const separator =
    modules[plugin] === undefined ? null : { ...lookSeparator, version: context.provenance.plugins[plugin] };
  const cache = new LookCache(context.cache, index.reader.with as JsonValue, separator as JsonValue);
  const request = { options, modules, entries: index.samples };
  const known = await cache.read();
  const first = await keepingFound(cache, known, options, (onRecord) =>
    lookAtSamples({ ...request, known, onRecord }, context),
  );
  const settled = settleReading(
    first.records.map(({ sample }) => sample),
    options,
    (id) => paths.get(id) ?? id,
  );
  const records =
    settled.problems.length + settled.together.length > 0
      ? first.records
      : await lookAgain(first.records, settled, request, known, context);
  if (records.some(({ sample }) => !known.has(sample.hash))) await cache.write(records);

  const samples = records.map(({ sample }) => sample);
  const outliers = findOutliers(samples);
  const looked = recordsOf(records);
  const lines = samples.length === 0 ? [] : sanityLines({ ...looked, passedOver: index.passedOver, outliers });
  const said: LookLine[] = [
    ...lines.map(({ level, text }) => ({ level, text })),
    ...settled.warnings.map((text) => ({ level: "warning" as const, text })),
    ...remarkLines(samples),
    ...(index.remarks ?? []).map((text) => ({ level: "note" as const, text })),
  ];
  const ids = new Map(
    index.samples.flatMap(({ id, source }) => Object.values(source as PairSource).map((path) => [path, id])),
  );
  const faults = [
    ...first.faults,
    ...settled.problems.map((error) => ({ id: ids.get(String(error.place)), error })),
    ...settled.together.map((error) => ({ id: undefined, error })),
  ];
  await writeRecords(context.output, records);
  const page = lookPage({
    title: `A look at ${index.name}`,
    description: index.summary,
    problems: [...(context.leftOut ?? []), ...faults.map(({ error }) => error)].map(problemOf),
    lines: said.map((line) => ({ ...line, code: "" })),
    records,
    outliers,
    pairs: looked.duplicates?.pairs ?? [],
  });
  await context.output.write(PAGE, page);
  tellFaults(faults, index, context);
  const changed = Object.keys(settled.options).length > 0;
  return { lines: said, page: PAGE, ...(changed && { settled: settledIndex(context.planned, index, settled) }) };
}

/** Of a look that ends early, what is there already is kept for the next one. */
async function keepingFound<Looked>(
  cache: LookCache,
  known: ReadonlyMap<string, LookRecord>,
  options: ReadingOptions,
  look: (onRecord: (record: LookRecord) => void) => Promise<Looked>,
): Promise<Looked> {
  const found: LookRecord[] = [];
  try {
    return await look((record) => found.push(record));
  } catch (error) {
    // What all files decide together is not known yet.
    const settled = found.filter(({ sample }) => !mayBeReadOtherwise(sample, options));
    if (settled.length > 0) await cache.write([...known.values(), ...settled]);
    throw error;
  }
}

async function lookAgain(
  records: readonly LookRecord[],
  settled: SettledReading,
  request: Omit<Parameters<typeof lookAtSamples>[0], "known">,
  known: ReadonlyMap<string, LookRecord>,
  context: LookContext,
): Promise<readonly LookRecord[]> {
  // What an earlier look kept was read by what all files decide: their contents are part of each hash.
  const otherwise = readOtherwise(
    records.map(({ sample }) => sample),
    settled,
  ).filter(({ hash }) => !known.has(hash));
  const ids = new Set(otherwise.map(({ id }) => id));
  if (ids.size === 0) return records;
  const entries = request.entries.filter(({ id }) => ids.has(id));
  const options = { ...request.options, ...settled.options };
  const again = await lookAtSamples({ ...request, entries, options, known: new Map() }, context);
  const byId = new Map(again.records.map((record) => [record.sample.id, record]));
  return records.map((record) => byId.get(record.sample.id) ?? record);
}

function settledIndex(
  { identity }: PlannedValue,
  index: DatasetIndex,
  { options }: SettledReading,
): PlannedValue<DatasetIndex> {
  const reader = { ...index.reader, with: { ...index.reader.with, ...options } };
  const { range } = options;
  const settled = { ...index, reader, ...(range !== undefined && { range }) };
  return { value: settled, identity };
}

function problemOf({ place, message, expected, found, next }: EosinError): LookProblem {
  return { file: typeof place === "string" ? place : "", message, expected, found, next };
}

function tellFaults(
  faults: readonly (Omit<SampleFault, "id"> & { readonly id: string | undefined })[],
  index: DatasetIndex,
  { onFault }: LookContext,
): void {
  if (onFault) {
    for (const { id, error } of faults) onFault(id, error);
    return;
  }
  const [first, ...rest] = faults.map(({ error }) => error);
  if (first === undefined) return;
  if (rest.length === 0) throw first;
  const shown = rest.slice(0, FAULTS_IN_ERROR - 1);
  const more = rest.length - shown.length;
  const last = new EosinError({
    code: "MORE_FAULTS",
    message: `${counted(more, "further file")} of ${index.name} cannot be used.`,
    next: "pipe data check FILE lists all of them, and writes their ids for `exclude` with --write-exclude.",
  });
  const also = more > 0 ? [...shown, last] : shown;
  throw new EosinError({ ...first, message: first.message, cause: first.cause, also });
}
