import type { Engine } from "../../learning/engine.js";
import type { LossBatch } from "../../learning/index.js";
import type { Loss } from "../../learning/loss.js";
import type { NetworkOutputs } from "../../learning/network.js";
import { createRng } from "../../random/rng.js";
import { broken } from "../checklist.js";
import { type HostInputs, lossOf } from "./loss-inputs.js";

const elementsCompared = 24;
const step = 0.02;
/** Of the largest slope: the loss is computed in float32, and a difference of two values has few digits left. */
const tolerance = 0.02;

/** The gradients that a training step would get, by output. */
export async function gradientsOf(
  engine: Engine,
  loss: Loss,
  outputs: HostInputs,
  batch: HostInputs,
): Promise<{ readonly [output: string]: Float32Array }> {
  const { tf } = engine;
  const variables = new Map(
    Object.entries(outputs).map(([name, { values, shape }]) => {
      const value = tf.tensor(values, [...shape], "float32");
      const variable = tf.variable(value);
      value.dispose();
      return [name, variable];
    }),
  );
  const found: { [output: string]: Float32Array } = {};
  const training = engine.trainingStep({
    variables,
    objective(record) {
      const { total, terms } = loss.compute(
        tf,
        Object.fromEntries(variables) as unknown as NetworkOutputs,
        record as unknown as LossBatch,
      );
      return { loss: total, watch: terms };
    },
    update(gradients) {
      for (const [name, gradient] of gradients) found[name] = Float32Array.from(gradient.dataSync());
    },
  });
  try {
    await training.run([
      Object.fromEntries(Object.entries(batch).map(([name, { values, shape }]) => [name, { data: values, shape }])),
    ]);
  } finally {
    training.dispose();
    for (const variable of variables.values()) variable.dispose();
  }
  return found;
}

/** Compares slopes with differences of the loss at some values of each output; kinks (as of |x|) are passed over. */
export async function checkGradients(
  engine: Engine,
  loss: Loss,
  outputs: HostInputs,
  batch: HostInputs,
): Promise<void> {
  const gradients = await gradientsOf(engine, loss, outputs, batch);
  for (const [name, { values, shape }] of Object.entries(outputs)) {
    const gradient = gradients[name] ?? new Float32Array(values.length);
    const order = createRng("testkit gradient", name).shuffle(Array.from(values, (_, i) => i));
    const slope = async (index: number, by: number) => {
      const at = async (offset: number) => {
        const moved = values.slice();
        moved[index] += offset;
        return (await lossOf(engine, loss, { ...outputs, [name]: { values: moved, shape } }, batch)).total;
      };
      return ((await at(by)) - (await at(-by))) / (2 * by);
    };
    const compared: { readonly index: number; readonly wide: number; readonly narrow: number }[] = [];
    for (const index of order.slice(0, elementsCompared)) {
      compared.push({ index, wide: await slope(index, step), narrow: await slope(index, step / 2) });
    }
    const largest = Math.max(
      ...compared.map(({ index, narrow }) => Math.max(Math.abs(narrow), Math.abs(gradient[index]))),
    );
    const allowed = tolerance * largest + 1e-6;
    for (const { index, wide, narrow } of compared) {
      if (Math.abs(wide - narrow) > allowed) continue;
      if (Math.abs(gradient[index] - narrow) <= allowed) continue;
      broken(
        `a slope of ${narrow.toPrecision(4)} (difference of the loss) for value ${index} of ${name}`,
        `a gradient of ${gradient[index]}`,
        "Look for operations without a gradient (rounding, comparisons, where) and for a customGrad that is wrong.",
      );
    }
  }
}
