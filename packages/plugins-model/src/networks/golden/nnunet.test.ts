import { readFileSync } from "node:fs";
import { createEngineProvider } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Engine, Network, NetworkFactory } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { importWeights } from "../../weights/network-weights.js";
import { countParameters } from "../count-parameters.js";
import { plainUnetOptions } from "../plain-unet/options.js";
import { createPlainUnet } from "../plain-unet/plain-unet.js";
import { residualEncoderUnetOptions } from "../residual-encoder-unet/options.js";
import { createResidualEncoderUnet } from "../residual-encoder-unet/residual-encoder-unet.js";
import { channelsLast } from "./channel-order.test-support.js";
import { gradientNormErrors, norm, report } from "./comparison.test-support.js";
import { type FeatureFigures, featureError } from "./feature-figures.test-support.js";
import { formulaTensor, formulaWeights } from "./formula-values.test-support.js";
import { context, goldenEngines, openTestEngine } from "./golden-case.test-support.js";

interface Golden {
  readonly input: readonly number[];
  /** Of networks for these patches, as nnU-Net plans them. */
  readonly counts: { readonly [kindAndPatch: string]: { readonly stages: number; readonly parameters: number } };
  readonly models: {
    readonly [kind: string]: {
      readonly parameters: number;
      /** Of the state dictionary, without its second names. */
      readonly names: readonly string[];
      readonly outputs: { readonly [name: string]: FeatureFigures };
      /** Σ over the outputs of the mean of (y − ½)² */
      readonly loss: number;
      readonly gradientNorms: { readonly [name: string]: number };
    };
  };
}

const golden = JSON.parse(readFileSync(new URL("nnunet.json", import.meta.url), "utf8")) as Golden;

type Kind = "plain" | "residual";

function networkOf(kind: Kind, options: object): NetworkFactory {
  return kind === "plain"
    ? createPlainUnet(plainUnetOptions.parse(options))
    : createResidualEncoderUnet(residualEncoderUnetOptions.parse(options));
}

const small: { readonly [kind in Kind]: object } = {
  plain: { stages: 4, features: 8, maxFeatures: 32 },
  residual: { stages: 4, features: 8, maxFeatures: 32, blocks: [1, 2, 2, 1] },
};

it.each(Object.entries(golden.counts))(
  "%s: stages and parameters of dynamic_network_architectures",
  async (key, expected) => {
    const [kind, patch] = key.split(" ");
    const { engine } = await createEngineProvider().openShapeEngine();
    const network = await networkOf(kind as Kind, { patch: Number(patch) }).build(engine, createRng(1));
    expect(countParameters(network)).toBe(expected.parameters);
    expect(network.stride).toBe(2 ** (expected.stages - 1));
    network.dispose();
  },
);

const cases = (["cpu", ...goldenEngines] as const).flatMap((name) =>
  (["plain", "residual"] as const).map((kind) => ({ name, kind })),
);

describe.each(cases)("nnU-Net's $kind network with weights by formula, on $name", ({ name, kind }) => {
  const expected = golden.models[kind];
  const image = channelsLast(formulaTensor("input", golden.input));
  let engine: Engine;
  let network: Network;
  beforeAll(async () => {
    engine = await openTestEngine(name);
    network = await networkOf(kind, small[kind]).build(engine, createRng(1));
    importWeights(engine, network, formulaWeights(network), "formula");
  });

  it("has the tensors of dynamic_network_architectures", () => {
    expect([...network.parameters.keys()].sort()).toEqual(expected.names);
    expect(countParameters(network)).toBe(expected.parameters);
  });

  it("gives PyTorch's outputs at every scale", async () => {
    const step = engine.evaluationStep(({ image }) => network.forward(image as tfc.Tensor4D, context(false)));
    const found = await step.run({ image });
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected.outputs).sort());
    const errors = Object.entries(expected.outputs).map(([output, figures]) => featureError(found[output], figures));
    report(`${name}: nnU-Net ${kind}`, errors);
    for (const error of errors) expect(error).toBeLessThan(1e-4);
  });

  it("gives PyTorch's loss and gradients", async () => {
    const { tf } = engine;
    const trainable = [...network.parameters.values()].filter((each) => each.trainable);
    const norms = new Map<string, number>();
    const step = engine.trainingStep({
      variables: new Map(trainable.map(({ name, variable }) => [name, variable])),
      objective(batch) {
        const outputs = Object.values(network.forward(batch.image as tfc.Tensor4D, context(true)));
        return { loss: tf.addN(outputs.map((y) => tf.mean(tf.square(tf.sub(y, 0.5))))) as tfc.Scalar };
      },
      update(gradients) {
        for (const [parameter, gradient] of gradients) norms.set(parameter, norm(gradient.dataSync()));
      },
    });
    const { loss } = await step.run([{ image }]);
    step.dispose();
    expect(Math.abs(loss / expected.loss - 1)).toBeLessThan(1e-5);
    // The coarsest head is not trained.
    expect([...norms.keys()].sort()).toEqual(Object.keys(expected.gradientNorms).sort());
    const errors = gradientNormErrors(norms, expected.gradientNorms);
    report(`${name}: nnU-Net ${kind}, gradient norms, worst`, [Math.max(...errors)]);
    expect(Math.max(...errors)).toBeLessThan(2e-3);
    network.dispose();
  });
});
