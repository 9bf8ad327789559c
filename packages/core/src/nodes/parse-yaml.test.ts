import { describe, expect, test } from "vitest";
import { plainText } from "../fixtures/write-document.js";
import { nodeAt, toJson } from "./node.js";
import { parseYaml } from "./parse-yaml.js";

const parse = (text: string) => parseYaml({ file: "--text", text });

function fault(text: string): string {
  try {
    parse(text);
  } catch (error) {
    return plainText(error);
  }
  throw new Error("no error was thrown");
}

test("every node knows its line and column", () => {
  const root = parse("a:\n  - x\n  - { b: 2 }\n")!;
  expect(nodeAt(root, ["a", 1, "b"])?.place).toEqual({ file: "--text", line: 3, column: 10 });
  expect(toJson(root)).toEqual({ a: ["x", { b: 2 }] });
});

test("aliases are copies with the place of their anchor", () => {
  const root = parse("a: &x { k: 1 }\nb: *x\n")!;
  expect(toJson(root)).toEqual({ a: { k: 1 }, b: { k: 1 } });
  expect(nodeAt(root, ["b", "k"])?.place.line).toBe(1);
});

test("YAML 1.2: yes, no and dates are text", () => {
  expect(toJson(parse("[yes, no, 2026-01-01, 0x10, null, true]")!)).toEqual([
    "yes",
    "no",
    "2026-01-01",
    16,
    null,
    true,
  ]);
});

describe("refused", () => {
  test.each([
    ["tags of other schemas", "a: !python/object 1"],
    ["binary", "a: !!binary aGk="],
    ["merge keys", "a: { <<: { b: 1 } }"],
    ["keys that Eosin sets", "a: { $artifact: { type: model, instance: train } }"],
    ["duplicate keys", "a: 1\nb: 2\na: 3"],
    ["numbers that JSON cannot hold", "a: .inf"],
    ["integers that lose digits", "a: 12345678901234567890"],
    ["keys that are lists", "? [a]\n: 1"],
    ["several documents", "a: 1\n---\nb: 2"],
    ["an unquoted reference in a flow map", "a: { b: ${params.x} }"],
    ["an anchor inside itself", "a: &x [*x]"],
    ["an anchor that does not exist", "a: *nothing"],
    ["tabs", "a:\n\tb: 1"],
    ["a decimal comma", "a: { lr: 0,001 }"],
  ])("%s", (_name, text) => {
    expect(fault(text)).toMatchSnapshot();
  });

  test("aliases that multiply", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 10; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(", ")}]`,
      );
    expect(() => parse(lines.join("\n"))).toThrow(/larger than 20000 values/);
  });
});

test("a list that a comma without a space parts stays one", () => {
  expect(toJson(parse("{ a: [0,5], b: 1,c: 2 , d: 3, 7 }")!)).toEqual({ a: [0, 5], b: 1, c: 2, d: 3, 7: null });
});

test("an alias means the newest anchor before it, whatever other aliases repeat", () => {
  const root = parse("a: &x 1\nb: &y [&x 2, *x]\nc: *x\nd: &x 3\ne: *y\nf: *x\n&k key: *k\n")!;
  expect(toJson(root)).toEqual({ a: 1, b: [2, 2], c: 2, d: 3, e: [2, 2], f: 3, key: "key" });
});

describe("what would keep a parser busy is refused at once, with its place", () => {
  test.each([
    ["open brackets", `a: ${"[".repeat(100_000)}`, "--text"],
    ["closed brackets", `a: ${"[".repeat(20_000)}${"]".repeat(20_000)}`, "levels"],
    ["braces", "{a: ".repeat(50_000), "levels"],
    ["lists in lists", "- ".repeat(100_000), "levels"],
    ["keys that are keys", "? ".repeat(100_000), "levels"],
    ["maps in maps", Array.from({ length: 1400 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"), "levels"],
    ["aliases", `x: &x 1\na: [${"*x,".repeat(70_000)}]`, "values"],
    ["many aliases", `x: &x [1, 2]\na: [${"*x,".repeat(19_000)}]`, "values"],
    ["values", `a: [${"1,".repeat(200_000)}]`, "values"],
    ["keys", Array.from({ length: 200_000 }, (_, i) => `k${i}:`).join("\n"), "values"],
    ["text", `a: |\n${" x\n".repeat(2_000_000)}`, "characters"],
  ])("%s", (_name, text, found) => {
    const started = performance.now();
    const error = fault(text);
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(error.split("\n")[0]).toMatch(
      /^error The document is larger than .* or deeper than 64 levels\. \[YAML_UNSUPPORTED\]$/,
    );
    expect(error).toMatch(/^ {2}at --text/m);
    expect(error).toContain(found);
    expect(error.length).toBeLessThan(1000);
  });

  test("9000 aliases are read in a moment", () => {
    const started = performance.now();
    expect(toJson(parse(`x: &x 1\na: [${"*x,".repeat(9_000)}]`)!)).toMatchObject({ x: 1 });
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  test("a document of 64 levels and 6000 keys is none of that", () => {
    const deep = `${"[".repeat(62)}1${"]".repeat(62)}`;
    const wide = Array.from({ length: 6000 }, (_, i) => `  - { k${i}: "[[[ {{{ - - -" } # [[[[[[`).join("\n");
    const text = `deep: ${deep}\nwide:\n${wide}\ntext: |\n${"  - - [[ {{ *x\n".repeat(1000)}`;
    expect(Object.keys(toJson(parse(text)!) as object)).toEqual(["deep", "wide", "text"]);
  });
});
