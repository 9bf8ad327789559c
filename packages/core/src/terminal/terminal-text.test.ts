import { expect, test } from "vitest";
import { escapeControls, forTerminal, paint } from "./terminal-text.js";

const red = paint(31, 39);

test("what a terminal would obey is shown, and does nothing", () => {
  expect(escapeControls("\u001b]0;pwn\u0007 \r\b\u007f\u009b31m \u202egpj.exe\u2066")).toBe(
    "\\u001b]0;pwn\\u0007 \\u000d\\u0008\\u007f\\u009b31m \\u202egpj.exe\\u2066",
  );
  expect(escapeControls("größe\t日本 😀\n")).toBe("größe\t日本 😀\n");
});

test("only our own colours are colours", () => {
  expect(forTerminal(`${red("a\u001b[32mb")} \u001b[31mc`)).toBe("\u001b[31ma\\u001b[32mb\u001b[39m \\u001b[31mc");
});

test("JSON stays the JSON that it was", () => {
  const value = { "\u001b\u0085": "\u2028\u009b" };
  const shown = forTerminal(JSON.stringify(value));
  expect(shown).not.toMatch(/[\u2028\u0080-\u009f]/);
  expect(JSON.parse(shown)).toEqual(value);
});
