import { checkAugmenter, checkNormalizer, checkSeparator } from "@eosin/plugin-api/testing";
import { expect, it } from "vitest";
import plugin from "./index.js";

const { components } = plugin;
const ofKind = (kind: string) =>
  components.filter((each) => each.kind === kind).map((each) => [each.type, each] as const);

/** Those that have no default. */
const options: { readonly [type: string]: object } = {
  "stain/one-of": {
    choices: [
      { p: 0.5, uses: "stain/randstainna" },
      { p: 0.4, uses: "stain/separation-augment" },
    ],
  },
  "stain/basis-separator": {
    matrix: [
      [0.65, 0.7, 0.29],
      [0.2, 0.93, 0.3],
    ],
  },
};

it.each(ofKind("augmenter"))("augmenter %s keeps its promises", async (type, definition) => {
  const { imagesPerSecond } = await checkAugmenter(definition, { options: options[type], components });
  expect(imagesPerSecond).toBeGreaterThan(0);
});

it.each(ofKind("normalizer"))("normalizer %s keeps its promises", async (_, definition) => {
  const { imagesPerSecond } = await checkNormalizer(definition);
  expect(imagesPerSecond).toBeGreaterThan(0);
});

it.each(ofKind("separator"))("separator %s keeps its promises", async (type, definition) => {
  const { imagesPerSecond } = await checkSeparator(definition, { options: options[type] });
  expect(imagesPerSecond).toBeGreaterThan(0);
});
