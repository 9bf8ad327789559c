import { ownExclude } from "./own-file.js";

/** The ids as `excludeFile` reads them: a line each, or a JSON list where an id holds what a line cannot. */
export function excludeText(ids: readonly string[]): string {
  if (!ids.every(fitsLine)) return `${JSON.stringify(ids, null, 2)}\n`;
  return `${[ownExclude.mark, ...ids].join("\n")}\n`;
}

function fitsLine(id: string): boolean {
  return id.trim() === id && !/[\r\n]/.test(id) && !/^[#[{]/.test(id);
}
