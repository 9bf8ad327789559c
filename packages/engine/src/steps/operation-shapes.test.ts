import { operations } from "@eosin/engine-kit";
import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { createEngineProvider } from "../provider.js";

const { engine } = await createEngineProvider().openShapeEngine();
const { tf } = engine;

const judged = operations
  .flatMap(({ cases }) => cases)
  .flatMap((each) => ("reference" in each && each.differentiable !== false ? [each] : []));

// A gradient of another shape than its input's is refused by the step itself.
it.each(judged)("the shape rules of $name are those of its values, forward and back", async (operation) => {
  operation.prepare?.(engine);
  const shapes = Object.entries(operation.inputs).map(([name, { shape }]): [string, number[]] => [name, [...shape]]);
  const variables = new Map<string, Variable>(
    shapes.map(([name, shape]) => [name, tf.tidy(() => tf.variable(tf.zeros(shape)))]),
  );
  let found: readonly number[] = [];
  const step = engine.trainingStep({
    variables,
    objective: () => {
      const y = operation.compute(engine, Object.fromEntries(variables) as { [name: string]: Tensor });
      found = y.shape;
      return { loss: tf.sum(y) as Scalar };
    },
    update: (gradients) => expect([...gradients.keys()]).toEqual([...variables.keys()]),
  });
  await step.run([{ x: { data: new Uint8Array(1), shape: [1] } }]);
  const zeros = shapes.map(([name, shape]) => {
    const size = shape.reduce((product, n) => product * n, 1);
    return [name, { shape, data: new Float64Array(size) }];
  });
  expect(found).toEqual(operation.reference(Object.fromEntries(zeros)).shape);
  for (const variable of variables.values()) variable.dispose();
});
