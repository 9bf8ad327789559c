import type { ComponentSpec } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { componentLabels } from "./component-labels.js";

const spec = (uses: string, options: ComponentSpec["with"] = {}): ComponentSpec => ({
  uses,
  kind: "normalizer",
  with: options,
});

test("a type that is there once is its own label; several of one type are told apart by what differs", () => {
  const specs = [
    spec("stain/spcn"),
    spec("stain/macenko", { form: "staintools", other: 1 }),
    spec("stain/macenko", { form: "torchstain", other: 1 }),
    spec("stain/macenko", { form: "torchstain", other: 1, target: "a.png" }),
  ];
  expect(componentLabels(specs)).toEqual([
    "stain/spcn",
    "stain/macenko (form staintools)",
    "stain/macenko (form torchstain)",
    "stain/macenko (form torchstain, target a.png)",
  ]);
});
