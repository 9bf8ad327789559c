import { expect, it } from "vitest";
import { checkText } from "./check-text.js";
import { excludeText } from "./exclude-text.js";

it("a list has an id a line, or is JSON where an id holds a line break", () => {
  expect(excludeText(["A/p0", "A/p1"])).toBe("# ids of samples at fault, by pipe data check\nA/p0\nA/p1\n");
  for (const id of ["A/p\n0", " A/p0", "#A/p0", "[A]/p0"]) {
    expect(JSON.parse(excludeText([id, "A/p1"]))).toEqual([id, "A/p1"]);
  }
});

const as = (text: string) => text;
const plain = { bold: as, dim: as, red: as, green: as, yellow: as, cyan: as };

it("a line break in a file's name begins no line of a check", () => {
  const file = "/data/a\nproblem.png";
  const problem = { code: "NO_PICTURE", message: `No picture: ${file}`, file, found: "a\nb", next: `rm ${file}` };
  const said = [{ level: "note", text: "2 files, e.g. a\nproblem.png" }] as const;
  const step = { instance: "data", summary: "s", lines: said, problems: [problem], reused: false };
  const lines = checkText([step], new Map(), plain);
  expect(lines.filter((line) => line.includes("\n"))).toEqual([]);
  expect(lines.join("\n")).toContain("a\\nproblem.png");
});
