import type { Engine, TrainingStepDefinition } from "@eosin/plugin-api/learning";
import type { Scalar, Tensor, Tensor4D, Variable } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { createEngineProvider } from "../provider.js";

const provider = createEngineProvider();

function variable({ tf }: Engine, shape: number[]): Variable {
  return tf.tidy(() => tf.variable(tf.zeros(shape)));
}

const run = (engine: Engine, definition: Omit<TrainingStepDefinition, "update">, shape: number[]) => {
  const data = new Uint8Array(shape.reduce((product, n) => product * n, 1));
  return engine.trainingStep({ ...definition, update: () => {} }).run([{ x: { data, shape } }]);
};

describe("the shape engine", () => {
  it("counts the operations of a convolution and its gradients", async () => {
    const { engine, cost } = await provider.openShapeEngine();
    const { tf, ops } = engine;
    const first = variable(engine, [3, 3, 4, 8]);
    const depthwise = variable(engine, [5, 5, 8, 1]);
    const variables = new Map([
      ["first", first],
      ["depthwise", depthwise],
    ]);
    await run(
      engine,
      {
        variables,
        objective: ({ x }) => {
          const y = ops.conv2d(x as Tensor4D, first as Tensor as Tensor4D, { stride: 2, padding: [0, 1, 0, 1] });
          const z = ops.depthwiseConv2d(y, depthwise as Tensor as Tensor4D, { stride: 1, padding: [2, 2, 2, 2] });
          return { loss: tf.mean(z) as Scalar };
        },
      },
      [2, 32, 32, 4],
    );
    const dense = 2 * (2 * 16 * 16 * 8) * (3 * 3 * 4);
    const separable = 2 * (2 * 16 * 16 * 8) * (5 * 5);
    // No gradient is computed for the batch itself.
    expect(cost().flops).toBe(2 * dense + 3 * separable);
    expect(cost().parameterBytes).toBe(4 * (3 * 3 * 4 * 8 + 5 * 5 * 8));
  });

  it("starts each step's count at zero", async () => {
    const { engine, cost } = await provider.openShapeEngine();
    const { tf } = engine;
    const weight = variable(engine, [4, 4]);
    const definition = {
      variables: new Map([["weight", weight]]),
      objective: ({ x }: { readonly [name: string]: Tensor }) => ({ loss: tf.sum(tf.matMul(x, weight)) as Scalar }),
    };
    await run(engine, definition, [100, 4]);
    const first = cost();
    await run(engine, definition, [100, 4]);
    expect(cost()).toEqual(first);
    expect(first.flops).toBe(2 * (2 * 100 * 4 * 4));
  });

  it.each(["sum", "mean", "max", "min", "prod", "all", "any"] as const)(
    "keeps the axes that %s does not reduce",
    async (name) => {
      const { tf } = (await provider.openShapeEngine()).engine;
      const reduce = tf[name] as (x: Tensor, axis?: number | number[], keepDims?: boolean) => Tensor;
      const x = tf.zeros([4, 3, 2, 5], name === "all" || name === "any" ? "bool" : "float32");
      expect(reduce(x, [1, 2, 3]).shape).toEqual([4]);
      expect(reduce(x, -1).shape).toEqual([4, 3, 2]);
      expect(reduce(x, [0, 2], true).shape).toEqual([1, 3, 1, 5]);
      expect(reduce(x).shape).toEqual([]);
    },
  );

  it("names a kernel that it has no rule for", async () => {
    const { engine } = await provider.openShapeEngine();
    const { tf } = engine;
    const weight = variable(engine, [4]);
    const objective = ({ x }: { readonly [name: string]: Tensor }) => ({
      loss: tf.sum(tf.mul(tf.topk(x).values, weight)) as Scalar,
    });
    await expect(run(engine, { variables: new Map([["w", weight]]), objective }, [4])).rejects.toMatchObject({
      code: "SHAPE_KERNEL_MISSING",
      message: expect.stringContaining("TopK"),
    });
  });

  it("reads scalars as zero and refuses to read anything else", async () => {
    const { engine } = await provider.openShapeEngine();
    const { tf } = engine;
    expect(tf.sum(tf.ones([3])).dataSync()[0]).toBe(0);
    expect(() => tf.ones([3]).dataSync()).toThrow(expect.objectContaining({ code: "SHAPES_HAVE_NO_VALUES" }));
  });

  it("takes a step of 10^13 operations in no time and no memory", async () => {
    const { engine, cost } = await provider.openShapeEngine();
    const { tf, ops } = engine;
    const filter = variable(engine, [3, 3, 256, 256]);
    const objective = ({ x }: { readonly [name: string]: Tensor }) => {
      const wide = tf.broadcastTo(tf.reshape(x, [32, 1, 1, 1]), [32, 640, 640, 256]) as Tensor4D;
      const y = ops.conv2d(wide, filter as Tensor as Tensor4D, { stride: 1, padding: [1, 1, 1, 1] });
      return { loss: tf.mean(y) as Scalar };
    };
    await run(engine, { variables: new Map([["filter", filter]]), objective }, [32]);
    expect(cost().flops).toBeGreaterThan(1e13);
    expect(cost().peakBytes).toBeGreaterThan(2 * 4 * 32 * 640 * 640 * 256);
  });
});
