import { relative, sep } from "node:path";
import { type PassedOverTally, pictureEndings } from "@eosin/pictures";
import { EosinError, type FaultSink } from "@eosin/plugin-api";
import { inParallel } from "@eosin/support/in-parallel";
import type { Exclusion } from "../../pairs/exclusion.js";
import type { FilePair } from "../../pairs/pair-files.js";
import { findColumn, requireColumn, type Table, type TableRow } from "../../tables/read-table.js";
import { lineOf } from "../../tables/read-text.js";
import { locateFile } from "./locate-file.js";
import type { TableOptions } from "./options.js";

export interface ListingRecord {
  readonly exclude: Exclusion;
  readonly passedOver: PassedOverTally;
  readonly remarks: string[];
  /** Takes the faults of single lines, which are then left out. */
  readonly onFault?: FaultSink;
}

/** The only domain of a table without domains. */
const ONE_DOMAIN = "all";

interface Columns {
  readonly image: string;
  readonly mask?: string;
  readonly domain?: string;
  readonly id?: string;
}

/**
 * The pairs that a table lists, in its order.
 * @throws EosinError `COLUMN_UNKNOWN`, `TABLE_INVALID`, `FILE_MISSING`, `MASK_MISSING`, `SAMPLE_DUPLICATE`, each with
 * the line. `onFault` takes those of single lines instead.
 */
export async function listedPairs(
  table: Table,
  root: string,
  options: TableOptions,
  { exclude, passedOver, remarks, onFault }: ListingRecord,
): Promise<FilePair[]> {
  const columns = columnsOf(table, options);
  const rows = table.rows.map((row) => ({ row, id: idOf(row, columns, root, table.file) }));
  refuseRepeats(rows, table.file);
  const locate = (cell: string) => (cell === "" ? undefined : locateFile(root, cell));
  const kept = rows.filter(({ id }) => {
    const left = exclude.covers(id);
    if (left) passedOver.add("", "left out by `exclude`", id);
    return !left;
  });
  const located = await inParallel(kept, 32, async ({ row }) => {
    const [image, mask] = [cellOf(row, columns.image), cellOf(row, columns.mask)];
    return { image: await locate(image), mask: await locate(mask) };
  });
  const respelled: string[] = [];
  const pairs = kept.flatMap(({ row, id }, i): FilePair[] => {
    const { image, mask } = located[i];
    const maskCell = cellOf(row, columns.mask);
    const leftOut = (error: EosinError): [] => {
      if (onFault === undefined) throw error;
      onFault(id, error);
      return [];
    };
    if (maskCell === "" && options.unpaired === "error") {
      const error = maskMissing(row, columns, table.file);
      // Without the column, all lines lack the same.
      if (columns.mask === undefined) throw error;
      return leftOut(error);
    }
    if (maskCell === "" && options.unpaired === "leave-out") {
      passedOver.add("", "no mask", id);
      return [];
    }
    if (cellOf(row, columns.image) === "") throw emptyCell(columns.image, row, table.file);
    if (!image) return leftOut(fileMissing(cellOf(row, columns.image), row, root, table.file));
    if (!mask && maskCell !== "") return leftOut(fileMissing(maskCell, row, root, table.file));
    if (image.respelled || mask?.respelled) respelled.push(id);
    const domain = columns.domain === undefined ? ONE_DOMAIN : domainOf(row, columns.domain, table.file);
    const attributes = attributesOf(row, columns);
    return [{ id, domain, image: image.path, ...(mask && { mask: mask.path }), ...(attributes && { attributes }) }];
  });
  if (respelled.length > 0) {
    remarks.push(
      `${respelled.length} lines of ${table.file} name files in another Unicode form and were taken for them, e.g. of ${respelled[0]}`,
    );
  }
  return pairs;
}

/** Empty where the table has no such column. */
function cellOf(row: TableRow, column: string | undefined): string {
  return column === undefined ? "" : (row.cells.get(column) as string);
}

function columnsOf(table: Table, { columns }: TableOptions): Columns {
  const optional = (name: "mask" | "domain" | "id") => {
    const found = findColumn(table, columns[name]);
    // A name that the document gives must be there; the usual ones may be missing.
    return found === undefined && columns[name] !== name
      ? requireColumn(table, columns[name], `columns.${name}`)
      : found;
  };
  return {
    image: requireColumn(table, columns.image, "columns.image"),
    mask: optional("mask"),
    domain: optional("domain"),
    id: optional("id"),
  };
}

function idOf(row: TableRow, { id, image }: Columns, root: string, file: string): string {
  const column = id ?? image;
  const cell = cellOf(row, column);
  if (cell === "") throw emptyCell(column, row, file);
  if (id !== undefined) return cell.normalize("NFC");
  const path = cell.replaceAll("\\", "/");
  const below = path.startsWith("/") ? relative(root, path).split(sep).join("/") : path;
  const dot = below.lastIndexOf(".");
  const stem = pictureEndings.includes(below.slice(dot + 1).toLowerCase()) ? below.slice(0, dot) : below;
  // Ids become names of files: none may lead out of its folder.
  const parts = stem.normalize("NFC").split("/");
  return parts.filter((part) => part !== "" && part !== "." && part !== "..").join("/");
}

function domainOf(row: TableRow, column: string, file: string): string {
  const domain = cellOf(row, column);
  if (domain === "") throw emptyCell(column, row, file);
  return domain.normalize("NFC");
}

function attributesOf(row: TableRow, columns: Columns): { readonly [name: string]: string } | undefined {
  const known = Object.values(columns);
  const others = [...row.cells].filter(([name, value]) => !known.includes(name) && value !== "");
  return others.length === 0 ? undefined : Object.fromEntries(others);
}

function refuseRepeats(rows: readonly { readonly row: TableRow; readonly id: string }[], file: string): void {
  const lines = new Map<string, number>();
  for (const { row, id } of rows) {
    const other = lines.get(id);
    if (other !== undefined) {
      throw new EosinError({
        code: "SAMPLE_DUPLICATE",
        message: "Two lines of the table have one id.",
        place: lineOf(file, row.line),
        found: `${id}, as in line ${other}`,
        next: "Remove one of the lines, or tell the images apart in a column `id`.",
      });
    }
    lines.set(id, row.line);
  }
}

function fileMissing(cell: string, row: TableRow, root: string, file: string): EosinError {
  return new EosinError({
    code: "FILE_MISSING",
    message: "A file of the table is not there.",
    place: lineOf(file, row.line),
    expected: `a file ${cell} in ${root}`,
    found: "nothing there",
    next: "Correct the path, or set `root` to the folder that paths are relative to.",
  });
}

function maskMissing(row: TableRow, columns: Columns, file: string): EosinError {
  return new EosinError({
    code: "MASK_MISSING",
    message: columns.mask === undefined ? "The table has no column of masks." : "The image has no mask.",
    place: lineOf(file, columns.mask === undefined ? 1 : row.line),
    expected: "the path of a mask",
    found:
      columns.mask === undefined
        ? `columns ${[...row.cells.keys()].join(", ")}`
        : `none of ${row.cells.get(columns.image)}`,
    next:
      columns.mask === undefined
        ? "Say with `columns: { mask: NAME }` which column it is, or set `unpaired`."
        : "Add the mask. `unpaired: leave-out` leaves such images out, `unpaired: no-tumour` takes them as free of tumour.",
  });
}

function emptyCell(column: string, row: TableRow, file: string): EosinError {
  return new EosinError({
    code: "TABLE_INVALID",
    message: `The column ${column} is empty.`,
    place: lineOf(file, row.line),
    expected: "a value in every line",
    next: "Fill it in, or remove the line.",
  });
}
