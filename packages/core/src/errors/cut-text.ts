const longestText = 2000;
const before = 80;
const longestLine = 200;

/** The beginning of a text that nobody would read to its end. */
export function cutText(text: string, longest = longestText): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length - longest} characters more)`;
}

/** What is around a column of a long line, and the column there. Columns count from 1. */
export function cutAround(line: string, column: number): { readonly text: string; readonly column: number } {
  if (line.length <= longestLine) return { text: line, column };
  const start = Math.max(0, column - 1 - before);
  const end = start + longestLine;
  const text = `${start > 0 ? "…" : ""}${line.slice(start, end)}${end < line.length ? "…" : ""}`;
  return { text, column: column - start + (start > 0 ? 1 : 0) };
}
