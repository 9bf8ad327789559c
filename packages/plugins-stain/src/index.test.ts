import { expect, test } from "vitest";
import plugin from "./index.js";

test("the components of this package", () => {
  expect(plugin.components.map(({ kind, type }) => `${kind} ${type}`).sort()).toEqual([
    "augmenter stain/colour-jitter",
    "augmenter stain/density-targets",
    "augmenter stain/grey",
    "augmenter stain/hed-jitter",
    "augmenter stain/one-of",
    "augmenter stain/randstainna",
    "augmenter stain/separation-augment",
    "normalizer stain/macenko",
    "normalizer stain/reinhard",
    "normalizer stain/spcn",
    "separator stain/spcn-separator",
    "step stain/sheet",
  ]);
});
