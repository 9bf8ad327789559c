import { createEngineProvider } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Engine } from "@eosin/plugin-api/learning";
import { beforeAll, describe, expect, it } from "vitest";
import { publishedVariants } from "../encoders/efficientnet/published-variants.test-support.js";
import { variantNames } from "../encoders/efficientnet/variants.js";
import { multitaskUnetOf, unetOf } from "../testing/networks.test-support.js";
import { countParameters } from "./count-parameters.js";

let shapes: Engine;
beforeAll(async () => {
  shapes = (await createEngineProvider().openShapeEngine()).engine;
});

describe.each(variantNames)("%s", (variant) => {
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

it("counts the paper's network: B7, multi-task", () => {
  expect(publishedVariants.b7.multitask).toBe(70_404_641);
});
