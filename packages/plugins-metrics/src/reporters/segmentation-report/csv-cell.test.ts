import { describe, expect, it } from "vitest";
import { csvCell } from "./csv-cell.js";

/** As the docstring tells readers to. */
function read(cell: string): string {
  const text = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

describe("a cell", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+49 30", "'+49 30"],
    ["-2", "'-2"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["\rx", '"\'\rx"'],
    ['=HYPERLINK("http://a","b")', '"\'=HYPERLINK(""http://a"",""b"")"'],
    ["'=x", "''=x"],
    ["kfbio-400/a,b", '"kfbio-400/a,b"'],
    ["two\nlines", '"two\nlines"'],
    ["it's", "it's"],
    ["'quoted'", "'quoted'"],
    ["a=b", "a=b"],
    ["", ""],
  ])("%j is written as %j, and read back", (text, cell) => {
    expect(csvCell(text)).toBe(cell);
    expect(read(cell)).toBe(text);
  });

  it("of a number stays one", () => {
    expect(csvCell(-0.25)).toBe("-0.25");
  });
});
