import { EosinError, nearestName, type SourcePlace } from "@eosin/plugin-api";
import { CsvError, parse } from "csv-parse/sync";
import { lineOf, readText } from "./read-text.js";

export interface TableRow {
  /** Of the file, from 1. */
  readonly line: number;
  /** By the header's names; empty cells are empty texts. */
  readonly cells: ReadonlyMap<string, string>;
}

export interface Table {
  readonly file: string;
  /** Names of the columns, without those that have none. */
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
}

const DELIMITERS = [",", ";", "\t"] as const;
const BOM = "\ufeff";

/**
 * A table of comma-, semicolon- or tab-separated values whose first line names the columns.
 * @param next The next step where there is no file.
 * @throws EosinError `FILE_MISSING`, `TEXT_ENCODING`, `TABLE_INVALID` with the line.
 */
export async function readTable(file: string, next: string): Promise<Table> {
  const text = await readText(file, "The table", next);
  // Excel says with a line of its own how the values are separated.
  const said = /^sep=(.)\r?\n/i.exec(text)?.[1];
  const delimiter = said ?? delimiterOf(text);
  const records = parseRecords(said === undefined ? text : text.replace(/^[^\n]*/, ""), delimiter, file);
  if (records.length === 0) throw invalid(lineOf(file, 1), "a line that names the columns", "an empty file");
  const [first, ...rest] = records;
  const names = first.record.map((name) => name.normalize("NFC"));
  const header = names.filter((name) => name !== "");
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) throw invalid(lineOf(file, first.line), "columns of different names", `${twice} twice`);
  const rows = rest.map(({ record, line }) => ({
    line,
    cells: new Map(record.map((cell, i) => [names[i], cell] as const).filter(([name]) => name !== "")),
  }));
  return { file, header, rows };
}

/** The column's name as the table has it: letters may differ in case. @returns undefined where there is none. */
export function findColumn({ header }: Table, name: string): string | undefined {
  const wanted = name.normalize("NFC");
  return header.find((each) => each === wanted) ?? header.find((each) => each.toLowerCase() === wanted.toLowerCase());
}

/** @param option What names the column, e.g. `columns.image`. @throws EosinError `COLUMN_UNKNOWN`. */
export function requireColumn(table: Table, name: string, option: string): string {
  const column = findColumn(table, name);
  if (column !== undefined) return column;
  throw new EosinError({
    code: "COLUMN_UNKNOWN",
    message: `The table has no column ${name}.`,
    place: lineOf(table.file, 1),
    expected: table.header.join(", "),
    found: name,
    didYouMean: nearestName(name, table.header),
    next: `Say with \`${option}\` what the column is called.`,
  });
}

/** What most of the first line's values are separated by, outside of quotes. */
function delimiterOf(text: string): string {
  const [line] = text.replace(/"[^"]*"/g, "").split(/\r\n|\r|\n/, 1);
  const counts = DELIMITERS.map((each) => line.split(each).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

function parseRecords(text: string, delimiter: string, file: string): { record: string[]; line: number }[] {
  try {
    const parsed = parse(text, {
      bom: true,
      delimiter,
      info: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as readonly { record: string[]; info: { lines: number } }[];
    return parsed.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const { lines } = cause as unknown as { lines?: number };
    throw invalid(lineOf(file, lines ?? 1), "as many values in every line as columns, quotes closed", cause.message);
  }
}

function invalid(place: SourcePlace, expected: string, found: string): EosinError {
  return new EosinError({
    code: "TABLE_INVALID",
    message: "The table cannot be read.",
    place,
    expected,
    found: found.replaceAll(BOM, ""),
    next: "Correct the line.",
  });
}
