import { createEngineProvider } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Engine } from "@eosin/plugin-api/learning";
import { beforeAll, describe, expect, it } from "vitest";
import { publishedVariants } from "../encoders/efficientnet/published-variants.test-support.js";
import { efficientNetNames } from "../encoders/encoder-names.js";
import { countParameters } from "./count-parameters.js";
import { createMultitaskUnet } from "./multitask-unet/multitask-unet.js";
import { multitaskUnetOptions } from "./multitask-unet/options.js";
import { unetOptions } from "./unet/options.js";
import { createUnet } from "./unet/unet.js";

let shapes: Engine;
beforeAll(async () => {
  shapes = (await createEngineProvider().openShapeEngine()).engine;
});

describe.each(efficientNetNames)("%s", (encoder) => {
  it("gives both networks their published number of parameters", async () => {
    const multitask = await createMultitaskUnet(multitaskUnetOptions.parse({ encoder })).build(shapes, createRng(1));
    expect(countParameters(multitask)).toBe(publishedVariants[encoder].multitask);
    multitask.dispose();
    const supervised = await createUnet(unetOptions.parse({ encoder })).build(shapes, createRng(1));
    expect(countParameters(supervised)).toBe(publishedVariants[encoder].supervised);
    supervised.dispose();
  });
});

it("counts the paper's network: B7, multi-task", () => {
  expect(publishedVariants["efficientnet-b7"].multitask).toBe(70_404_641);
});
