import type { Engine, HostRecord } from "@eosin/plugin-api/learning";
import type { Scalar, Tensor, Tensor4D, Variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngineProvider } from "../provider.js";

const provider = createEngineProvider();

async function open(name: string): Promise<Engine> {
  const { identity } = await provider.choose({ name, precision: "float32", threads: 1 });
  return provider.open(identity);
}

/** A residual block that uses one tensor twice, with a skip over it. */
function smallNetwork(engine: Engine) {
  const { tf, ops } = engine;
  const variables = new Map<string, Variable>();
  const parameter = (name: string, shape: number[]): Tensor => {
    const size = shape.reduce((product, n) => product * n, 1);
    const values = Float32Array.from({ length: size }, (_, i) => Math.sin(i * 1.7 + name.length) * 0.5);
    const variable = tf.tidy(() => tf.variable(tf.tensor(values, shape)));
    variables.set(name, variable);
    return variable;
  };
  const first = parameter("first", [3, 3, 2, 4]) as Tensor4D;
  const second = parameter("second+", [3, 3, 4, 4]) as Tensor4D;
  const head = parameter("head++", [1, 1, 4, 1]) as Tensor4D;
  const padding = [1, 1, 1, 1] as const;
  const forward = (x: Tensor): Tensor => {
    const a = ops.silu(ops.conv2d(x as Tensor4D, first, { stride: 1, padding }));
    const b = tf.add<Tensor4D>(a, ops.conv2d(a, second, { stride: 1, padding }));
    return ops.conv2d(b, head, { stride: 1, padding: [0, 0, 0, 0] });
  };
  return { variables, forward };
}

const batch: HostRecord = {
  x: { data: Float32Array.from({ length: 3 * 6 * 6 * 2 }, (_, i) => Math.cos(i)), shape: [3, 6, 6, 2] },
};

describe("the training step", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open("wasm");
  });

  it("gives the gradients of tf.variableGrads", async () => {
    const { tf } = engine;
    const { variables, forward } = smallNetwork(engine);
    const loss = (x: Tensor) => tf.mean(tf.square(forward(x))) as Scalar;
    const stock = tf.variableGrads(
      () => loss(tf.tensor(batch.x.data as Float32Array, [...batch.x.shape])),
      [...variables.values()],
    );
    const seen = new Map<string, Promise<unknown>>();
    const step = engine.trainingStep({
      variables,
      objective: ({ x }) => ({ loss: loss(x) }),
      update: (gradients) => {
        for (const [name, gradient] of gradients) seen.set(name, gradient.data());
      },
    });
    const result = await step.run([batch]);
    expect(result.loss).toBeCloseTo((await stock.value.data())[0], 5);
    for (const [name, variable] of variables) {
      const [ours, theirs] = [await seen.get(name), await stock.grads[variable.name].data()];
      expect(ours, name).toEqual(theirs);
    }
  });

  it("gives zeros for a variable that the loss does not reach", async () => {
    const { tf } = engine;
    const used = tf.variable(tf.scalar(2));
    const unused = tf.variable(tf.tensor1d([1, 2]));
    let gradient: Tensor | undefined;
    const step = engine.trainingStep({
      variables: new Map<string, Variable>([
        ["used", used],
        ["unused", unused],
      ]),
      objective: ({ x }) => ({ loss: tf.sum(tf.mul(x, used)) as Scalar }),
      update: (gradients) => {
        gradient = tf.keep(gradients.get("unused")!.clone());
      },
    });
    await step.run([batch]);
    expect(Array.from(await gradient!.data())).toEqual([0, 0]);
  });

  it("accepts gradients that pass on a tensor that they were given", async () => {
    const { tf } = engine;
    const weight = tf.variable(tf.tensor1d([2, 3]));
    // d(w·w)/2 = w, and the gradient of both inputs is one and the same saved tensor.
    const product = tf.customGrad((a, b, save) => {
      (save as (tensors: Tensor[]) => void)([a as Tensor]);
      return { value: tf.sum(tf.mul(a as Tensor, b as Tensor)), gradFunc: (_, [saved]) => [saved, saved] };
    });
    const seen: number[][] = [];
    const step = engine.trainingStep({
      variables: new Map([["weight", weight]]),
      objective: () => ({ loss: product(weight, weight) as Scalar }),
      update: (gradients) => seen.push(Array.from(gradients.get("weight")!.dataSync())) as never,
    });
    const counts: number[] = [];
    for (let i = 0; i < 2; i++) {
      await step.run([batch]);
      counts.push(tf.memory().numTensors);
    }
    expect(seen).toEqual([
      [4, 6],
      [4, 6],
    ]);
    expect(counts[1]).toBe(counts[0]);
  });

  it("refuses a loss that depends on no variable, and an empty batch", async () => {
    const { tf } = engine;
    const step = engine.trainingStep({
      variables: new Map([["weight", tf.variable(tf.scalar(2))]]),
      objective: ({ x }) => ({ loss: tf.sum(x) as Scalar }),
      update: () => {},
    });
    await expect(step.run([batch])).rejects.toMatchObject({ code: "LOSS_WITHOUT_GRADIENT" });
    await expect(step.run([{}])).rejects.toMatchObject({ code: "EMPTY_BATCH" });
  });

  it("frees everything when the objective throws", async () => {
    const { tf } = engine;
    const { variables, forward } = smallNetwork(engine);
    const before = tf.memory().numTensors;
    const step = engine.trainingStep({
      variables,
      objective: ({ x }) => {
        forward(x);
        throw new Error("no loss today");
      },
      update: () => {},
    });
    await expect(step.run([batch])).rejects.toThrow("no loss today");
    expect(tf.memory().numTensors).toBe(before);
  });

  it("gives the same bytes each time", async () => {
    const run = async () => {
      const { variables, forward } = smallNetwork(engine);
      const step = engine.trainingStep({
        variables,
        objective: ({ x }) => ({ loss: engine.tf.mean(engine.tf.square(forward(x))) as Scalar }),
        update: (gradients) => {
          for (const [name, gradient] of gradients) {
            const variable = variables.get(name)!;
            engine.tf.tidy(() => variable.assign(engine.tf.sub(variable, gradient)));
          }
        },
      });
      const losses: number[] = [];
      for (let i = 0; i < 3; i++) losses.push((await step.run([batch])).loss);
      return losses;
    };
    expect(await run()).toEqual(await run());
  });
});

describe("memory of the training step", () => {
  it("peaks near the end of the forward pass on a chain of layers", async () => {
    const { engine, cost } = await provider.openShapeEngine();
    const { tf } = engine;
    const layers = 20;
    const size = 1 << 20;
    const variables = new Map<string, Variable>();
    for (let i = 0; i < layers; i++)
      variables.set(
        `layer ${i}`,
        tf.tidy(() => tf.variable(tf.scalar(1))),
      );
    const step = engine.trainingStep({
      variables,
      objective: ({ x }) => {
        let y = x;
        for (const variable of variables.values()) y = tf.tidy(() => tf.sigmoid(tf.mul(y, variable)));
        return { loss: tf.sum(y) as Scalar };
      },
      update: () => {},
    });
    await step.run([{ x: { data: new Uint8Array(size), shape: [size] } }]);
    const buffers = cost().peakBytes / (4 * size);
    // Two a layer are kept for its gradients: the product's input and the sigmoid's output, which the next layer shares.
    expect(buffers).toBeGreaterThan(layers);
    expect(buffers).toBeLessThan(layers + 6);
  });

  it("is what the shape engine says", async () => {
    const objective = (engine: Engine, forward: (x: Tensor) => Tensor) => (tensors: { readonly x: Tensor }) => ({
      loss: engine.tf.mean(engine.tf.square(forward(tensors.x))) as Scalar,
    });
    const { engine: shapes, cost } = await provider.openShapeEngine();
    const estimated = smallNetwork(shapes);
    const definition = { variables: estimated.variables, update: () => {} };
    await shapes.trainingStep({ ...definition, objective: objective(shapes, estimated.forward) as never }).run([batch]);
    const { peakBytes, parameterBytes } = cost();
    const parameters = 3 * 3 * 2 * 4 + 3 * 3 * 4 * 4 + 4;
    expect(parameterBytes).toBe(4 * parameters);
    for (const variable of estimated.variables.values()) variable.dispose();

    const engine = await open("wasm");
    const real = smallNetwork(engine);
    const step = engine.trainingStep({
      variables: real.variables,
      objective: objective(engine, real.forward) as never,
      update: () => {},
    });
    const peak = await peakOfWasm(engine, () => step.run([batch]));
    const before = 4 * parameters;
    expect((peak + before) / peakBytes).toBeGreaterThan(0.98);
    expect((peak + before) / peakBytes).toBeLessThan(1.02);
  });
});

/** Bytes of tensors alive on wasm at the peak, over those alive before. */
async function peakOfWasm(engine: Engine, run: () => Promise<unknown>): Promise<number> {
  interface Data {
    readonly shape: readonly number[];
  }
  const { dataIdMap } = engine.tf.backend() as unknown as {
    dataIdMap: { get(id: object): Data; set(id: object, data: Data): void; delete(id: object): boolean };
  };
  let alive = 0;
  let peak = 0;
  const bytes = ({ shape }: Data) => 4 * shape.reduce((product, n) => product * n, 1);
  const { set, delete: remove } = dataIdMap;
  dataIdMap.set = (id, data) => {
    alive += bytes(data);
    peak = Math.max(peak, alive);
    set.call(dataIdMap, id, data);
  };
  dataIdMap.delete = (id) => {
    alive -= bytes(dataIdMap.get(id));
    return remove.call(dataIdMap, id);
  };
  try {
    await run();
  } finally {
    dataIdMap.set = set;
    dataIdMap.delete = remove;
  }
  return peak;
}
