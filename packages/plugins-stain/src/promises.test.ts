import { augmenterKind, normalizerKind, separatorKind } from "@eosin/plugin-api";
import { checkAugmenter, checkNormalizer, checkSeparator, ofKind } from "@eosin/plugin-api/testing";
import { expect, it } from "vitest";
import plugin from "./index.js";

const { components } = plugin;

/** Those that have no default. */
const options: { readonly [type: string]: object } = {
  "stain/one-of": {
    choices: [
      { p: 0.5, uses: "stain/randstainna" },
      { p: 0.4, uses: "stain/separation-augment" },
    ],
  },
  "stain/random-normalization": {
    p: 0.8,
    normalizers: [{ uses: "stain/reinhard" }, { uses: "stain/macenko", with: { unsuitable: "pass" } }],
  },
  "stain/basis-separator": {
    matrix: [
      [0.65, 0.7, 0.29],
      [0.2, 0.93, 0.3],
    ],
  },
};

it.each(ofKind(augmenterKind, components))("augmenter %s keeps its promises", async (type, definition) => {
  const { imagesPerSecond } = await checkAugmenter(definition, { options: options[type], components });
  expect(imagesPerSecond).toBeGreaterThan(0);
});

it.each(ofKind(normalizerKind, components))("normalizer %s keeps its promises", async (_, definition) => {
  const { imagesPerSecond } = await checkNormalizer(definition);
  expect(imagesPerSecond).toBeGreaterThan(0);
});

it.each(ofKind(separatorKind, components))("separator %s keeps its promises", async (type, definition) => {
  const { imagesPerSecond } = await checkSeparator(definition, { options: options[type] });
  expect(imagesPerSecond).toBeGreaterThan(0);
});
