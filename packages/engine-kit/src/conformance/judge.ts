import { createRng } from "@eosin/plugin-api";
import type { Engine } from "@eosin/plugin-api/learning";
import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { OperationCase } from "../cases/case.js";
import { type NdArray, sizeOf } from "../cases/reference/nd-array.js";
import { relativeError } from "../cases/relative-error.js";

export interface Judgement {
  readonly forward: number;
  /** By input; empty where the case has no gradient. */
  readonly gradients: { readonly [input: string]: number };
}

/** @returns Relative errors. Goes through the engine's own steps, so that what is judged is what training runs. */
export async function judge(engine: Engine, operation: OperationCase): Promise<Judgement> {
  operation.prepare?.(engine);
  const inputs = drawInputs(operation);
  const truth = operation.reference(inputs);
  const host = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]),
  );
  const evaluation = engine.evaluationStep((batch) => ({ y: operation.compute(engine, batch) }));
  const { y } = await evaluation.run(host);
  if (sizeOf(y.shape) !== truth.data.length) throw new Error(`the output is (${y.shape}), not (${truth.shape})`);
  const forward = relativeError(y.data, truth.data);
  if (operation.differentiable === false) return { forward, gradients: {} };

  const rng = createRng("conformance", operation.name, "cotangent");
  const cotangent = Float32Array.from(truth.data, () => rng.between(0.5, 1.5) * (rng.chance(0.5) ? 1 : -1));
  const computed = await gradientsOf(engine, operation, inputs, cotangent);
  const gradients: { [input: string]: number } = {};
  for (const name in inputs) {
    gradients[name] = relativeError(computed[name], finiteDifferences(operation, inputs, name, cotangent));
  }
  return { forward, gradients };
}

function drawInputs(operation: OperationCase): { [name: string]: NdArray } {
  return Object.fromEntries(
    Object.entries(operation.inputs).map(([name, { shape, low = -2, high = 2 }]) => {
      const rng = createRng("conformance", operation.name, name);
      return [
        name,
        { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(rng.between(low, high))) },
      ];
    }),
  );
}

/** ∂⟨f(inputs), cotangent⟩/∂input, by the engine's training step. */
async function gradientsOf(
  engine: Engine,
  operation: OperationCase,
  inputs: { readonly [name: string]: NdArray },
  cotangent: Float32Array,
): Promise<{ [name: string]: ArrayLike<number> }> {
  const { tf } = engine;
  const variables = new Map<string, Variable>();
  for (const name in inputs) {
    const initial = tf.tensor(Float32Array.from(inputs[name].data), [...inputs[name].shape]);
    variables.set(name, tf.variable(initial));
    initial.dispose();
  }
  const read: { [name: string]: Promise<ArrayLike<number>> } = {};
  const step = engine.trainingStep({
    variables,
    objective: (batch) => {
      const y = operation.compute(engine, Object.fromEntries(variables) as { [name: string]: Tensor });
      return { loss: tf.sum(tf.mul(tf.reshape(y, [-1]), batch.cotangent)) };
    },
    update: (gradients) => {
      for (const [name, gradient] of gradients) read[name] = gradient.data();
    },
  });
  await step.run([{ cotangent: { data: cotangent, shape: [cotangent.length] } }]);
  step.dispose();
  const result: { [name: string]: ArrayLike<number> } = {};
  for (const name in read) result[name] = await read[name];
  for (const variable of variables.values()) variable.dispose();
  return result;
}

/** Central differences of the float64 reference. */
function finiteDifferences(
  operation: OperationCase,
  inputs: { readonly [name: string]: NdArray },
  name: string,
  cotangent: Float32Array,
): Float64Array {
  const value = (data: Float64Array): number => {
    const y = operation.reference({ ...inputs, [name]: { shape: inputs[name].shape, data } });
    return y.data.reduce((total, v, i) => total + v * cotangent[i], 0);
  };
  const moved = Float64Array.from(inputs[name].data);
  return Float64Array.from(moved, (centre, i) => {
    const h = 1e-5;
    moved[i] = centre + h;
    const above = value(moved);
    moved[i] = centre - h;
    const below = value(moved);
    moved[i] = centre;
    return (above - below) / (2 * h);
  });
}
