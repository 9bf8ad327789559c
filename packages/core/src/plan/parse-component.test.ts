import type { EosinError } from "@eosin/plugin-api";
import { builtInKinds } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { toyRegistry } from "../fixtures/toy-components.js";
import { parseComponent } from "./parse-component.js";

const parse = (text: string, fallback?: { [option: string]: string }, kind = "augmenter") =>
  parseComponent(
    { kind: builtInKinds.find(({ name }) => name === kind)!, text, flag: "--augmenter", fallback },
    toyRegistry(),
  );

function faultOf(text: string, kind?: string): Partial<EosinError> {
  try {
    parse(text, undefined, kind);
  } catch (error) {
    return error as EosinError;
  }
  throw new Error(`${text} is accepted`);
}

test("a type, or YAML with options; defaults are filled in", () => {
  const flip = { uses: "toy/flip", kind: "augmenter", plugin: "toy-parts" };
  expect(parse("toy/flip")).toEqual({ ...flip, with: { p: 0.5 } });
  expect(parse("{ uses: toy/flip, with: { p: 0.25 } }")).toEqual({ ...flip, with: { p: 0.25 } });
  expect(parse("{ uses: toy/one-of, with: { choices: [{ p: 1, uses: toy/flip }] } }").with).toEqual({
    choices: [{ p: 1, ...flip, with: { p: 0.5 } }],
  });
});

test("what the text leaves open falls back, where the component has such an option", () => {
  const model = (text: string) => parse(text, { weights: "w.bin", other: "x" }, "trainer").with;
  expect(model("toy/train")).toMatchObject({ weights: expect.stringMatching(/\/w\.bin$/) });
  expect(model("{ uses: toy/train, with: { weights: mine.bin } }")).toMatchObject({
    weights: expect.stringMatching(/\/mine\.bin$/),
  });
  expect(parse("toy/flip", { weights: "w.bin" }).with).toEqual({ p: 0.5 });
});

test("refused with the nearest name, the flag and the next command", () => {
  expect(faultOf("toy/flop")).toMatchObject({
    code: "UNKNOWN_COMPONENT",
    place: "--augmenter",
    found: "toy/flop",
    didYouMean: "toy/flip",
    next: "pipe list augmenter",
  });
  expect(faultOf("toy/dice")).toMatchObject({ code: "WRONG_KIND", found: "toy/dice (loss)" });
  expect(faultOf("{ uses: toy/flip, whit: {} }")).toMatchObject({ code: "UNKNOWN_KEY", found: "whit" });
  expect(faultOf("[toy/flip]")).toMatchObject({ code: "UNKNOWN_KEY" });
  expect(faultOf("{ uses: toy/flip, with: { p: 2 } }")).toMatchObject({ code: "INVALID_VALUE" });
  expect(faultOf("{ uses: toy/flip, with: { q: 1 } }")).toMatchObject({ code: "UNKNOWN_KEY" });
  expect(faultOf("{ uses: toy/flip, with: 3 }")).toMatchObject({ code: "INVALID_VALUE" });
  expect(faultOf("{ uses: ")).toMatchObject({ code: "YAML_SYNTAX" });
});
