import { resolve } from "node:path";
import { runInNewContext } from "node:vm";
import { pictureEndings } from "@eosin/pictures";
import { EosinError, nearestName } from "@eosin/plugin-api";
import type { FilePair } from "../pairs/pair-files.js";
import { readTable, requireColumn, type Table, type TableRow } from "../tables/read-table.js";
import { lineOf } from "../tables/read-text.js";
import type { AttributesOption } from "./attributes-option.js";

type Attributes = { readonly [name: string]: string };

/** Expressions that try too many ways (`(a+)+b`) would stop a plan for ever. */
const MILLISECONDS_FOR_ALL = 2000;

/**
 * The pairs with their attributes.
 * @param remarks Gets sentences for the user.
 * @throws EosinError `ATTRIBUTES_MISSING` where a sample gets none; those of the table.
 */
export async function withAttributes(
  pairs: readonly FilePair[],
  option: AttributesOption,
  baseFolder: string,
  remarks: string[],
): Promise<readonly FilePair[]> {
  if (option === undefined) return pairs;
  const ids = pairs.map((each) => each.id);
  const found =
    option.pattern === undefined
      ? attributesOfTable(ids, await readTable(resolve(baseFolder, option.table!), NEXT), option.id, remarks)
      : attributesOfPattern(ids, option.pattern);
  return pairs.map((pair, i) => ({ ...pair, attributes: found[i] }));
}

const NEXT = "Correct the option `attributes.table`.";

function attributesOfTable(
  ids: readonly string[],
  table: Table,
  idColumn: string,
  remarks: string[],
): readonly Attributes[] {
  const column = requireColumn(table, idColumn, "attributes.id");
  const rowOf = new Map<string, TableRow>();
  for (const row of table.rows) {
    const id = idOfCell(row.cells.get(column)!);
    const other = rowOf.get(id);
    if (other) throw repeated(id, row, other, table);
    rowOf.set(id, row);
  }
  const rowFor = (id: string) => rowOf.get(id) ?? rowOf.get(id.slice(id.indexOf("/") + 1));
  const used = new Set<TableRow>();
  const found = ids.map((id) => {
    const row = rowFor(id);
    if (!row) {
      const left = [...rowOf.keys()].filter((each) => !ids.includes(each));
      throw missing(
        ids.filter((each) => !rowFor(each)),
        table.file,
        nearestName(id, left),
      );
    }
    if (used.has(row)) throw ambiguous(id, row, table);
    used.add(row);
    return Object.fromEntries([...row.cells].filter(([name, value]) => name !== column && value !== ""));
  });
  const unused = table.rows.length - used.size;
  if (unused > 0) remarks.push(`${unused} of ${table.rows.length} lines of ${table.file} name no sample`);
  return found;
}

/** Tables name files, too, and in the way of Windows. */
function idOfCell(cell: string): string {
  const id = cell.normalize("NFC").replaceAll("\\", "/");
  const dot = id.lastIndexOf(".");
  return pictureEndings.includes(id.slice(dot + 1).toLowerCase()) ? id.slice(0, dot) : id;
}

function attributesOfPattern(ids: readonly string[], pattern: string): readonly Attributes[] {
  let groups: readonly (Attributes | undefined)[];
  try {
    // JSON takes what is of the other context out of the answer.
    const code =
      "JSON.stringify(ids.map((id) => { const found = expression.exec(id); return found && { ...found.groups }; }))";
    const timeout = MILLISECONDS_FOR_ALL + ids.length;
    groups = JSON.parse(runInNewContext(code, { ids, expression: new RegExp(pattern, "u") }, { timeout })).map(
      (each: Attributes | null) => each ?? undefined,
    );
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw cause;
    throw new EosinError({
      code: "PATTERN_TOO_SLOW",
      message: "The expression takes too long on an id.",
      expected: "an expression without repetitions inside of repetitions, such as (a+)+",
      found: pattern,
      next: "Simplify `attributes.pattern`.",
      cause,
    });
  }
  const without = ids.filter((_, i) => groups[i] === undefined);
  if (without.length > 0) throw missing(without, pattern);
  return groups as readonly Attributes[];
}

function missing(ids: readonly string[], where: string, didYouMean?: string): EosinError {
  return new EosinError({
    code: "ATTRIBUTES_MISSING",
    message: `${ids.length} ${ids.length === 1 ? "sample has" : "samples have"} no attributes.`,
    place: where,
    expected: "attributes of every sample",
    found: `none of ${ids.slice(0, 3).join(", ")}${ids.length > 3 ? ", …" : ""}`,
    didYouMean,
    next: "Add them, or leave the samples out with `exclude`.",
  });
}

function repeated(id: string, row: TableRow, other: TableRow, { file }: Table): EosinError {
  return new EosinError({
    code: "TABLE_INVALID",
    message: `The table names ${id} twice.`,
    place: lineOf(file, row.line),
    found: `the same id in line ${other.line}`,
    next: "Remove one of the two lines.",
  });
}

function ambiguous(id: string, row: TableRow, { file }: Table): EosinError {
  return new EosinError({
    code: "TABLE_INVALID",
    message: "A line of the table may mean two samples: two domains have one of its name.",
    place: lineOf(file, row.line),
    expected: `ids with their domain, such as ${id}`,
    next: "Write the domain before each id.",
  });
}
