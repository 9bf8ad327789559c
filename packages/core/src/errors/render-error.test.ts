import path from "node:path";
import { EosinError } from "@eosin/plugin-api";
import { describe, expect, test } from "vitest";
import { writeFiles } from "../fixtures/write-document.js";
import { throwFound, ungroup } from "./error-group.js";
import { renderError } from "./render-error.js";

const folder = writeFiles({ "a.yaml": "steps:\n\ttrain: x\n" });
const place = { file: path.join(folder, "a.yaml"), line: 2, column: 9 };
const full = new EosinError({
  code: "EXAMPLE",
  message: "Something is wrong.",
  place,
  expected: "this,\nor that",
  found: "x",
  didYouMean: "y",
  next: "pipe list",
});

test("shows place, source line with caret, and every fact; a tab stays a tab", () => {
  expect(renderError(full, { color: false, cwd: folder })).toBe(
    [
      "error Something is wrong. [EXAMPLE]",
      "  at a.yaml:2:9",
      "  2 | \ttrain: x",
      "    | \t       ^",
      "  expected      this,",
      "                or that",
      "  found         x",
      "  did you mean  y",
      "  next          pipe list",
    ].join("\n"),
  );
});

test("colours only paint: without them the text is the same", () => {
  const coloured = renderError(full, { color: true, cwd: folder });
  expect(coloured).toContain("\u001b[31m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ANSI escapes are what is stripped
  expect(coloured.replaceAll(/\u001b\[\d+m/g, "")).toBe(renderError(full, { color: false, cwd: folder }));
});

test("a place whose file is elsewhere is shown without its line; text and flags are places too", () => {
  const at = (where: EosinError["place"]) =>
    renderError(new EosinError({ code: "E", message: "M.", place: where }), { color: false, cwd: folder });
  expect(at({ file: "/not/here.yaml", line: 3, column: 1 })).toBe("error M. [E]\n  at /not/here.yaml:3:1");
  expect(at("sample 7")).toBe("error M. [E]\n  at sample 7");
  expect(at({ file: "--set a=b", line: 1, column: 9 })).toBe("error M. [E]\n  at --set a=b\n             ^");
});

test("a group is one block each", () => {
  const second = new EosinError({ code: "OTHER", message: "More." });
  const group = new EosinError({ ...full, message: full.message, also: [second] });
  expect(group).toMatchObject({ code: "EXAMPLE", message: "Something is wrong." });
  expect(ungroup(group).map((error) => error.code)).toEqual(["EXAMPLE", "OTHER"]);
  expect(renderError(group, { color: false }).split("\n\n")).toHaveLength(2);
  expect(() => throwFound([])).not.toThrow();
  expect(() => throwFound([second])).toThrow(second);
  expect(() => throwFound([full, second])).toThrow(expect.objectContaining({ code: "EXAMPLE", also: [second] }));
});

test("an error that crossed processes as plain data looks the same", () => {
  const { code, message, expected, found, didYouMean, next } = full;
  const data = { code, message, place, expected, found, didYouMean, next };
  expect(renderError(data, { color: false, cwd: folder })).toBe(renderError(full, { color: false, cwd: folder }));
});

test("errors of other making keep their stack", () => {
  expect(renderError(new TypeError("oops"), { color: false })).toContain("TypeError: oops\n    at ");
  expect(renderError("text", { color: false })).toBe("error text");
});

describe("what comes from outside", () => {
  const show = (text: string, where: EosinError["place"] = text) =>
    renderError(
      new EosinError({
        code: "E",
        message: text,
        place: where,
        expected: text,
        found: text,
        didYouMean: text,
        next: text,
      }),
      { color: true, cwd: folder },
    );

  test("is escaped, whichever part of an error it is", () => {
    const text = show("\u001b]0;pwn\u0007");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours are left out
    expect(text.replaceAll(/\u001b\[\d+m/g, "")).not.toMatch(/[\u001b\u0007]/);
    expect(text.match(/\\u001b\]0;pwn\\u0007/g)).toHaveLength(6);
    expect(show("m", { file: "--set a=\u001b[2J", line: 1, column: 7 })).toContain("--set a=\\u001b[2J");
    expect(renderError(new TypeError("\u001b[2J"), { color: false })).toContain("TypeError: \\u001b[2J\n    at ");
    const evil = writeFiles({ "a.yaml": "k: \u001b[2J\n" });
    expect(show("m", { file: path.join(evil, "a.yaml"), line: 1, column: 1 })).toContain("k: \\u001b[2J");
  });

  test("cannot pass for a further error", () => {
    expect(show("a\nerror b").match(/^error/gm)).toBe(null);
    expect(renderError(new EosinError({ code: "E", message: "a\nerror b" }), { color: false })).toBe(
      "error a\n      error b [E]",
    );
  });

  test("is cut where it is long, around the column", () => {
    const long = writeFiles({ "a.yaml": `${"a".repeat(1_000_000)}HERE${"b".repeat(1_000_000)}` });
    const text = renderError(
      new EosinError({
        code: "E",
        message: "m".repeat(1_000_000),
        place: { file: path.join(long, "a.yaml"), line: 1, column: 1_000_001 },
        found: "x".repeat(1_000_000),
      }),
      { color: false, cwd: long },
    );
    expect(text.length).toBeLessThan(6000);
    expect(text).toContain("… (998000 characters more)");
    const [, source, caret] = /^ {2}1 \| (.*)\n {4}\| (.*)$/m.exec(text)!;
    expect(source).toBe(`…${"a".repeat(80)}HERE${"b".repeat(116)}…`);
    expect(caret.indexOf("^")).toBe(source.indexOf("HERE"));
  });
});
