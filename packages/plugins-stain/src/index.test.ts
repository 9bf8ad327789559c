import { expect, test } from "vitest";
import plugin from "./index.js";

test("the components of this package", () => {
  expect(plugin.components.map(({ kind, type }) => `${kind} ${type}`).sort()).toEqual([
    "augmenter stain/colour-jitter",
    "augmenter stain/density-targets",
    "augmenter stain/fourier-mixing",
    "augmenter stain/grey",
    "augmenter stain/hed-jitter",
    "augmenter stain/mix",
    "augmenter stain/one-of",
    "augmenter stain/random-normalization",
    "augmenter stain/randstainna",
    "augmenter stain/separation-augment",
    "normalizer stain/macenko",
    "normalizer stain/reinhard",
    "normalizer stain/ruifrok",
    "normalizer stain/spcn",
    "normalizer stain/vahadane",
    "separator stain/basis-separator",
    "separator stain/macenko-separator",
    "separator stain/ruifrok-separator",
    "separator stain/spcn-separator",
    "separator stain/vahadane-separator",
    "step stain/separate",
    "step stain/sheet",
  ]);
});
