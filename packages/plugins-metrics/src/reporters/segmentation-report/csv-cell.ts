/** What spreadsheets take for the beginning of a formula; apostrophes before it are ours or the text's own. */
const FORMULA = /^'*[=+\-@\t\r]/;

/**
 * One cell of a CSV file: quoted as RFC 4180 has it where it holds a comma, a quote or a line break, and with an
 * apostrophe before a text that spreadsheets would compute. Who reads the file takes one apostrophe off such texts.
 * Numbers stay as they are.
 */
export function csvCell(cell: string | number): string {
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
