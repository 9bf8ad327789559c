import { readFileSync } from "node:fs";
import { createRng } from "@eosin/plugin-api";
import type { Engine } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { depths } from "../../encoders/resnet/depths.js";
import { createResnet } from "../../encoders/resnet/resnet.js";
import { ParameterStore } from "../../layers/parameter-store.js";
import { importInto } from "../../weights/network-weights.js";
import { storedShape } from "../../weights/parameter-layout.js";
import { channelsLast } from "./channel-order.test-support.js";
import { report } from "./comparison.test-support.js";
import { type FeatureFigures, featureError } from "./feature-figures.test-support.js";
import { formulaTensor } from "./formula-values.test-support.js";
import { context, goldenEngines, openTestEngine } from "./golden-case.test-support.js";

interface Golden {
  readonly input: readonly number[];
  readonly models: {
    readonly [name: string]: {
      /** With the classifier of 1000 classes, without running statistics. */
      readonly parameters: number;
      /** Of the state dictionary, but for the classifier's and the counters of batches. */
      readonly names: readonly string[];
      readonly features: readonly FeatureFigures[];
    };
  };
}

const { input, models } = JSON.parse(readFileSync(new URL("resnet.json", import.meta.url), "utf8")) as Golden;

const cases = (["cpu", ...goldenEngines] as const).flatMap((name) => depths.map((depth) => ({ name, depth })));

describe.each(cases)("ResNet-$depth with weights by formula, on $name", ({ name, depth }) => {
  const golden = models[`resnet${depth}`];
  let engine: Engine;
  beforeAll(async () => {
    engine = await openTestEngine(name);
  });

  it("has torchvision's tensors and gives its features", async () => {
    const factory = createResnet({ depth, dropConnect: 0, pretrained: "none" });
    const store = new ParameterStore(engine, createRng(1));
    const encoder = await factory.build(store);
    const parameters = [...store.parameters.values()];
    expect(parameters.map((parameter) => parameter.name).sort()).toEqual([...golden.names].sort());
    const trainable = parameters.filter((parameter) => !/running_(mean|var)$/.test(parameter.name));
    const classifier = (factory.traits.channels[4] + 1) * 1000;
    expect(trainable.reduce((sum, { variable }) => sum + variable.size, classifier)).toBe(golden.parameters);
    const tensors = parameters.map(({ name, layout, variable }) => {
      return [name, formulaTensor(name, storedShape(layout, variable.shape))] as const;
    });
    importInto(engine, store.parameters, new Map(tensors), "formula");
    const step = engine.evaluationStep(({ image }) => {
      const features = encoder.features(image as tfc.Tensor4D, context(false));
      return Object.fromEntries(features.map((feature, index) => [index, feature]));
    });
    const found = Object.values(await step.run({ image: channelsLast(formulaTensor("input", input)) }));
    store.dispose();
    expect(found.map(({ shape: [batch, height, width, channels] }) => [batch, channels, height, width])).toEqual(
      golden.features.map(({ shape }) => shape),
    );
    const errors = golden.features.map((expected, index) => featureError(found[index], expected));
    report(`${name} ResNet-${depth}`, errors);
    for (const error of errors) expect(error).toBeLessThan(1e-4);
  });
});
