import { readFileSync } from "node:fs";
import type { Engine, Network } from "@eosin/plugin-api/learning";
import { toFloat32 } from "@eosin/plugin-api/tensor-file";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importWeights } from "../../weights/network-weights.js";
import { countParameters } from "../count-parameters.js";
import { adamErrors } from "./adam-trajectories.test-support.js";
import { gradientNormErrors, norm, relativeError, report } from "./comparison.test-support.js";
import { formulaTensor, formulaWeights } from "./formula-values.test-support.js";
import {
  buildGoldenNetwork,
  evaluate,
  goldenBatch,
  goldenEngines,
  goldenLoss,
  goldenStep,
  openTestEngine,
  trainingLosses,
} from "./golden-case.test-support.js";
import { GRADIENT_TOLERANCE, gradientTrials } from "./rounding.test-support.js";

interface Golden {
  readonly network: "multitask" | "supervised";
  readonly variant: string;
  readonly input: number[];
  readonly parameters: number;
  readonly eval: { [name: string]: { shape: number[]; l2: number; mean: number; every_97th: number[] } };
  readonly train: { mcc: number; iou: number; dice: number; bce: number; objective: number; mse?: number };
  readonly gradient_l2: { [name: string]: number };
  readonly five_adam_losses?: number[];
}

const { cases } = JSON.parse(readFileSync(new URL("formula.json", import.meta.url), "utf8")) as { cases: Golden[] };
const outputNames: { [golden: string]: string } = { recon: "reconstruction" };

it("gives the formula's first values", () => {
  const stem = toFloat32(formulaTensor("encoder._conv_stem.weight", [4, 3, 3, 3]));
  for (const [i, value] of [-0.0149487, 0.0734583, 0.0286119, 0.0586848].entries())
    expect(stem[i]).toBeCloseTo(value, 6);
  const input = toFloat32(formulaTensor("input", [1, 3, 1, 1]));
  for (const [i, value] of [1.0167127, 0.6295925, 1.6329].entries()) expect(input[i]).toBeCloseTo(value, 6);
});

const byEngine = goldenEngines.flatMap((name) => cases.map((golden) => ({ ...golden, engineName: name })));

describe.each(byEngine)("$network $variant with weights by formula, on $engineName", (golden) => {
  let engine: Engine;
  const [count, , height, width] = golden.input;
  const batch = goldenBatch(formulaTensor("input", golden.input), formulaTensor("target", [count, 1, height, width]));
  let network: Network;

  beforeAll(async () => {
    engine = await openTestEngine(golden.engineName);
    network = await buildGoldenNetwork(engine, golden.network, golden.variant);
    importWeights(engine, network, formulaWeights(network), "formula");
  });

  it("has the stored number of parameters", () => {
    expect(countParameters(network)).toBe(golden.parameters);
  });

  it("gives PyTorch's outputs in evaluation", async () => {
    const outputs = await evaluate(engine, network, batch);
    for (const [name, expected] of Object.entries(golden.eval)) {
      const { values } = outputs[outputNames[name] ?? name];
      const samples = expected.every_97th.map((_, i) => values[97 * i]);
      const errors = [relativeError(samples, expected.every_97th), Math.abs(norm(values) / expected.l2 - 1)];
      report(`${golden.engineName}: ${golden.network} ${golden.variant} eval ${name} (samples, norm)`, errors);
      expect(Math.max(...errors), name).toBeLessThan(1e-4);
    }
  });

  it("gives PyTorch's losses in training", async () => {
    const losses = await trainingLosses(engine, network, batch);
    const { objective, ...expected } = golden.train;
    expect(losses.mcc + 0.3 * (losses.mse ?? 0)).toBeCloseTo(objective, 3);
    for (const name of Object.keys(expected) as (keyof typeof expected)[]) {
      report(`${golden.engineName}: ${golden.network} ${golden.variant} train ${name}`, [
        losses[name] - expected[name]!,
      ]);
      expect(Math.abs(losses[name] - expected[name]!), name).toBeLessThan(2e-3);
    }
  });

  const fiveLosses = golden.five_adam_losses;
  if (fiveLosses) {
    it("gives PyTorch's gradient norms", async () => {
      const norms = new Map<string, number>();
      const step = goldenStep(engine, network, goldenLoss(golden.network), (gradients) => {
        for (const [name, gradient] of gradients) norms.set(name, norm(gradient.dataSync()));
      });
      const errors = await gradientTrials(batch, async (each) => {
        await step.run([each]);
        return Math.max(...gradientNormErrors(norms, golden.gradient_l2));
      });
      step.dispose();
      report(`${golden.engineName}: ${golden.network} ${golden.variant} gradient norms (${norms.size}), worst`, errors);
      expect(Math.min(...errors)).toBeLessThan(GRADIENT_TOLERANCE);
    });

    it("gives PyTorch's losses over five Adam steps", async () => {
      const how = { weights: formulaWeights(network), batch, loss: goldenLoss(golden.network) };
      const { strict, trajectories, nearest } = await adamErrors(engine, network, how, fiveLosses);
      for (const errors of trajectories)
        report(`${golden.engineName}: ${golden.network} ${golden.variant} Adam`, errors);
      expect(strict).toBeLessThan(5e-4);
      expect(nearest).toBeLessThan(2e-3);
    });
  }

  afterAll(() => network.dispose());
});
