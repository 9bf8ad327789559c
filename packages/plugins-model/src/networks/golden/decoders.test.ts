import { readFileSync } from "node:fs";
import { createRng } from "@eosin/plugin-api";
import type { EncoderFactory, NetworkFactory } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { createResnet } from "../../encoders/resnet/resnet.js";
import { deeplabv3PlusOf, fpnOf, unetPlusPlusOf } from "../../testing/networks.test-support.js";
import { importWeights } from "../../weights/network-weights.js";
import { countParameters } from "../count-parameters.js";
import { ENCODER } from "../initial-weights.js";
import { channelsLast } from "./channel-order.test-support.js";
import { report } from "./comparison.test-support.js";
import { type FeatureFigures, featureError } from "./feature-figures.test-support.js";
import { formulaTensor, formulaWeights } from "./formula-values.test-support.js";
import { context, goldenEngines, openTestEngine } from "./golden-case.test-support.js";

interface Golden {
  readonly input: readonly number[];
  readonly models: {
    readonly [name: string]: {
      /** Without running statistics. */
      readonly parameters: number;
      /** Of the state dictionary, but for the encoder's and the counters of batches. */
      readonly names: readonly string[];
      readonly mask: FeatureFigures;
    };
  };
}

const { input, models } = JSON.parse(readFileSync(new URL("decoders.json", import.meta.url), "utf8")) as Golden;

const encoder = { uses: "model/resnet", with: {}, kind: "encoder" as const };
const resnet = (depth: 18 | 50, outputStride: 16 | 32): EncoderFactory =>
  createResnet({ depth, dropConnect: 0, outputStride, pretrained: "none" });
const narrow = { encoder, channels: 64, atrousRates: [2, 4, 6] };

const made: { readonly [name: string]: () => Promise<NetworkFactory> } = {
  "unet-plus-plus": () => unetPlusPlusOf({ encoder: "resnet18" }),
  fpn: () => fpnOf({ encoder: "resnet18" }),
  "deeplabv3-plus": () => deeplabv3PlusOf({ encoder: "resnet18" }),
  "deeplabv3-plus, plain": () =>
    deeplabv3PlusOf({ encoder: "resnet18", channels: 64, separable: false, atrousRates: [1, 2, 3] }),
  "deeplabv3-plus, stride 16": () => deeplabv3PlusOf(narrow, resnet(18, 16)),
  "deeplabv3-plus, stride 16, bottlenecks": () => deeplabv3PlusOf(narrow, resnet(50, 16)),
};

describe.each(goldenEngines)("networks with weights by formula, on %s", (engineName) => {
  it.each(Object.keys(models))("%s has segmentation_models_pytorch's tensors and gives its mask", async (name) => {
    const golden = models[name];
    const engine = await openTestEngine(engineName);
    const network = await (await made[name]()).build(engine, createRng(1));
    const names = [...network.parameters.keys()].filter((each) => !each.startsWith(ENCODER));
    expect(names.sort()).toEqual([...golden.names].sort());
    expect(countParameters(network)).toBe(golden.parameters);
    importWeights(engine, network, formulaWeights(network), "formula");
    const step = engine.evaluationStep(({ image }) => network.forward(image as tfc.Tensor4D, context(false)));
    const { mask } = await step.run({ image: channelsLast(formulaTensor("input", input)) });
    network.dispose();
    expect(mask.shape).toEqual([input[0], input[2], input[3], 1]);
    const error = featureError(mask, golden.mask);
    report(`${engineName} ${name}`, [error]);
    expect(error).toBeLessThan(1e-4);
  });
});
