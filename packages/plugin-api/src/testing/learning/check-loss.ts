import type { DefinitionOf } from "../../component.js";
import type { Engine } from "../../learning/engine.js";
import type { Loss } from "../../learning/loss.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type CheckReport } from "../checklist.js";
import { checkIgnored } from "./ignored-pixels.js";
import { checkGradients, gradientsOf } from "./loss-gradient.js";
import { firstSamples, type HostInputs, type HostValues, lossOf, randomBatch, randomOutputs } from "./loss-inputs.js";

/** What {@link checkLoss} takes beside the definition. */
export interface LossCheck extends CheckedWith {
  /** What computes: `await openEngine(…)` of `@eosin/engine`. */
  readonly engine: Engine;
  /**
   * Shapes, without the batch, of outputs that Eosin's own networks do not have, 4 × 4 pixels at full size. A `mask` of
   * several channels, e.g. [4, 4, 3], comes with labels of as many classes.
   */
  readonly outputs?: { readonly [name: string]: readonly number[] };
}

/**
 * Tests what a loss promises: gradients that agree with differences, finite values where there is no tumour, nothing
 * else, or logits are extreme; that it reads what it says it reads, leaves ignored pixels out, and says rightly whether
 * micro-batches change it.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 * @example
 * ```ts
 * import type { DefinitionOf } from "@eosin/plugin-api";
 * import { openEngine } from "@eosin/engine";
 * import type { Loss } from "@eosin/plugin-api/learning";
 * import { checkLoss } from "@eosin/plugin-api/testing";
 *
 * export async function check(definition: DefinitionOf<Loss>): Promise<void> {
 *   const identity = { name: "wasm", version: "any", precision: "float32", threads: 1, device: "cpu" } as const;
 *   await checkLoss(definition, { engine: await openEngine(identity) });
 * }
 * ```
 */
export async function checkLoss(definition: DefinitionOf<Loss>, how: LossCheck): Promise<CheckReport> {
  const { engine } = how;
  const list = await checkDefinition(definition, ["loss"], how);
  const { it: loss } = await buildComponent(definition, how);
  const samples = 2;
  const outputs = randomOutputs(loss, samples, how.outputs ?? {});
  const classes = Math.max(1, (how.outputs?.mask?.[2] ?? 1) - 1);
  const batch = randomBatch(loss, samples, undefined, classes);

  await list.check("it computes from what it names in needs and needsDensity, and nothing else", async () => {
    const { total, terms } = await lossOf(engine, loss, outputs, batch);
    for (const [name, value] of Object.entries({ total, ...terms })) {
      if (!Number.isFinite(value)) broken(`a finite ${name}`, String(value));
    }
  });
  await list.check("the same outputs and batch give the same loss", async () => {
    const [first, second] = [await lossOf(engine, loss, outputs, batch), await lossOf(engine, loss, outputs, batch)];
    if (first.total !== second.total) broken(String(first.total), String(second.total));
  });
  await list.check("its gradient agrees with finite differences", () => checkGradients(engine, loss, outputs, batch));
  await list.check("it stays finite without tumour, with nothing else, and where logits are extreme", async () => {
    const extremes = [-200, 200].map((value) => ({
      ...outputs,
      ...(outputs.mask && { mask: filled(outputs.mask, value) }),
    }));
    for (const truth of [0, 0.4, 1]) {
      for (const given of [outputs, ...extremes]) {
        const masks = randomBatch(loss, samples, truth, classes);
        const { total } = await lossOf(engine, loss, given, masks);
        if (!Number.isFinite(total)) broken("a finite loss", `${total} with ${truth * 100} % tumour`);
        for (const [name, gradient] of Object.entries(await gradientsOf(engine, loss, given, masks))) {
          if (!gradient.every(Number.isFinite)) broken(`a finite gradient of ${name}`, "NaN or an infinity");
        }
      }
    }
  });
  await list.check("batchCoupled says whether a batch is more than the mean of its samples", async () => {
    const { total } = await lossOf(engine, loss, outputs, batch);
    let sum = 0;
    for (let i = 0; i < samples; i++) {
      sum += (await lossOf(engine, loss, firstSamples(outputs, i, i + 1), firstSamples(batch, i, i + 1))).total;
    }
    const coupled = Math.abs(sum / samples - total) > 1e-5 * Math.max(1, Math.abs(total));
    if (coupled !== loss.batchCoupled) {
      broken(
        `batchCoupled: ${coupled}`,
        `batchCoupled: ${loss.batchCoupled} (whole ${total}, mean of parts ${sum / samples})`,
      );
    }
  });
  if (outputs.mask) {
    await list.check("pixels whose label is ignored change neither its value nor its gradient", () =>
      checkIgnored(engine, loss, outputs as HostInputs & { mask: HostValues }, batch),
    );
  }
  await list.check("it leaves no tensors behind", async () => {
    const before = engine.tf.memory().numTensors;
    await lossOf(engine, loss, outputs, batch);
    await gradientsOf(engine, loss, outputs, batch);
    const after = engine.tf.memory().numTensors;
    if (after !== before)
      broken(`${before} tensors`, String(after), "Make no tensors outside compute, or dispose them.");
  });
  return list.report();
}

function filled({ values, shape }: HostInputs[string], value: number): HostInputs[string] {
  return { values: values.map(() => value), shape };
}
