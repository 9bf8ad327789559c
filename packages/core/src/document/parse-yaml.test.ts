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
