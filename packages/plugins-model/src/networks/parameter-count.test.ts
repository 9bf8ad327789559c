import { createEngineProvider } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Engine } from "@eosin/plugin-api/learning";
import { beforeAll, describe, expect, it } from "vitest";
import { publishedLite, publishedVariants } from "../encoders/efficientnet/published-variants.test-support.js";
import { liteNames, originalNames } from "../encoders/efficientnet/variants.js";
import { multitaskUnetOf, unetOf } from "../testing/networks.test-support.js";
import { countParameters } from "./count-parameters.js";
import { ENCODER } from "./initial-weights.js";

let shapes: Engine;
beforeAll(async () => {
  shapes = (await createEngineProvider().openShapeEngine()).engine;
});

describe.each(originalNames)("%s", (variant) => {
  const encoder = `efficientnet-${variant}`;

  it("gives both networks their published number of parameters", async () => {
    const multitask = await (await multitaskUnetOf({ encoder })).build(shapes, createRng(1));
    expect(countParameters(multitask)).toBe(publishedVariants[variant].multitask);
    multitask.dispose();
    const supervised = await (await unetOf({ encoder })).build(shapes, createRng(1));
    expect(countParameters(supervised)).toBe(publishedVariants[variant].supervised);
    supervised.dispose();
  });
});

/** Weights and biases of the classifier, which no encoder has. */
const CLASSIFIER = 1280 * 1000 + 1000;

it.each(liteNames)("%s has its published number of parameters, less the classifier's", async (variant) => {
  const network = await (await unetOf({ encoder: `efficientnet-${variant}` })).build(shapes, createRng(1));
  const ofEncoder = [...network.parameters].filter(([name]) => name.startsWith(ENCODER));
  const count = countParameters({ ...network, parameters: new Map(ofEncoder) });
  expect(count + CLASSIFIER).toBe(publishedLite[variant].parameters);
  network.dispose();
});

it("counts the paper's network: B7, multi-task", () => {
  expect(publishedVariants.b7.multitask).toBe(70_404_641);
});
