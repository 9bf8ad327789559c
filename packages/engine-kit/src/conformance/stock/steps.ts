import type { Engine, HostRecord } from "@eosin/plugin-api/learning";
import type { Scalar, Tensor, Tensor1D, Tensor4D, Variable } from "@tensorflow/tfjs-core";
import type { BehaviourCase } from "../../cases/case.js";
import { expectClose, expectSame, variable } from "../../cases/expect.js";

const column = (values: readonly number[]): HostRecord => ({
  x: { data: Float32Array.from(values), shape: [values.length, 1] },
});

/** Fits y = w·x to y = 0 by the mean square: ∂loss/∂w = 2·w·mean(x²). */
function lineFit(engine: Engine, weight: Variable, update: (gradient: Tensor) => void) {
  const { tf } = engine;
  return engine.trainingStep({
    variables: new Map([["weight", weight]]),
    objective: ({ x }) => {
      const loss = tf.mean(tf.square(tf.mul(x, weight))) as Scalar;
      return { loss, watch: { loss, largest: tf.max(x) as Scalar } };
    },
    update: (gradients) => update(gradients.get("weight")!),
  });
}

/** What training and evaluation steps do, whatever they compute. */
export const stepCases: readonly BehaviourCase[] = [
  {
    name: "in-place updates leave clones and shared initial values alone",
    async check(engine) {
      const { tf, ops } = engine;
      const initial = tf.tensor1d([1, 2]);
      const [weights, first, second] = [initial, tf.zerosLike(initial), tf.zerosLike(initial)].map((t) =>
        tf.variable(t),
      );
      const gradient = tf.tensor1d([1, -1]);
      const how = { step: 1, learningRate: 0.5, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
      ops.adam([{ variable: weights, gradient, first, second }], how);
      const snapshot = weights.clone();
      const before = Array.from(await snapshot.data());
      ops.adam([{ variable: weights, gradient, first, second }], { ...how, step: 2 });
      expectSame("initial value", (await initial.data())[0], 1);
      expectSame("snapshot", (await snapshot.data())[0], before[0]);
      if ((await weights.data())[0] === before[0]) throw new Error("the weights did not move");
      for (const each of [weights, first, second, initial, gradient, snapshot]) each.dispose();
    },
  },
  {
    name: "weights that were updated in place are the ones that are used",
    async check(engine, tolerance) {
      const { tf, ops } = engine;
      const how = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
      const image = tf.ones([1, 4, 4, 2]) as Tensor4D;
      const uses: { readonly [name: string]: (weights: Tensor) => Tensor } = {
        conv2d: (w) => ops.conv2d(image, tf.reshape(w, [1, 1, 2, 2]), { stride: 1, padding: [0, 0, 0, 0] }),
        "conv2d, the variable itself": (w) => ops.conv2d(image, w as Tensor4D, { stride: 1, padding: [0, 0, 0, 0] }),
        depthwiseConv2d: (w) =>
          ops.depthwiseConv2d(image, tf.reshape(w, [2, 1, 2, 1]), { stride: 1, padding: [0, 0, 0, 0] }),
        matMul: (w) => tf.matMul(tf.ones([1, 2]), tf.reshape(w, [2, 2])),
      };
      for (const [name, use] of Object.entries(uses)) {
        const initial = tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]);
        const weights = tf.variable(initial as Tensor);
        const moments = [0, 1].map(() => tf.tidy(() => tf.variable(tf.zerosLike(initial) as Tensor)));
        const gradient = tf.onesLike(initial);
        for (let step = 1; step <= 3; step++) {
          const y = use(weights);
          const values = await weights.data();
          const fresh = tf.tensor4d(Float32Array.from(values), [1, 1, 2, 2]);
          const expected = use(fresh);
          expectClose(`${name}, step ${step}`, await y.data(), await expected.data(), tolerance);
          ops.adam([{ variable: weights, gradient, first: moments[0], second: moments[1] }], { step, ...how });
          for (const each of [y, fresh, expected]) each.dispose();
        }
        for (const each of [initial, weights, gradient, ...moments]) each.dispose();
      }
      image.dispose();
    },
  },
  {
    name: "gradients of micro-batches are averaged by their samples",
    async check(engine, tolerance) {
      const weight = variable(engine, [3]);
      const read: Promise<ArrayLike<number>>[] = [];
      const step = lineFit(engine, weight, (gradient) => read.push(gradient.data()));
      const result = await step.run([column([1, 2, 3]), column([5])]);
      expectClose("loss", [result.loss], [(9 * (1 + 4 + 9 + 25)) / 4], tolerance);
      expectClose("watched", [result.watch.largest], [(3 * 3 + 5) / 4], tolerance);
      expectClose("gradient", await read[0], [(2 * 3 * (1 + 4 + 9 + 25)) / 4], tolerance);
      weight.dispose();
    },
  },
  {
    name: "gradients are clipped by their norm, once, behind all micro-batches",
    async check(engine, tolerance) {
      const { tf } = engine;
      const clipped = async (clipNorm: number | undefined) => {
        const variables = new Map([
          ["weight", variable(engine, [3])],
          ["bias", variable(engine, [1])],
          ["unused", variable(engine, [1, 1])],
        ]);
        const read: Promise<ArrayLike<number>>[] = [];
        const step = engine.trainingStep({
          variables,
          clipNorm,
          objective: ({ x }) => {
            const y = tf.add(tf.mul(x, variables.get("weight")!), variables.get("bias")!);
            return { loss: tf.mean(tf.square(y)) as Scalar };
          },
          update: (gradients) => {
            for (const gradient of gradients.values()) read.push(gradient.data());
          },
        });
        const { gradientNorm } = await step.run([column([1, 2, 3]), column([5])]);
        const gradients = (await Promise.all(read)).map((each) => [...Array.from(each)]);
        for (const each of variables.values()) each.dispose();
        return { gradientNorm, gradients };
      };
      const mean = (of: (x: number) => number) => [1, 2, 3, 5].reduce((sum, x) => sum + of(x), 0) / 4;
      const whole = [mean((x) => 2 * (3 * x + 1) * x), mean((x) => 2 * (3 * x + 1))];
      const norm = Math.hypot(...whole);
      for (const most of [undefined, 1e4, 2]) {
        const { gradientNorm, gradients } = await clipped(most);
        const factor = most === 2 ? most / (norm + 1e-6) : 1;
        if (most === undefined) expectSame("norm", gradientNorm, undefined);
        else expectClose("norm", [gradientNorm ?? Number.NaN], [norm], tolerance);
        expectClose("gradients", gradients.flat(), [...whole.map((slope) => slope * factor), 0, 0], tolerance);
      }
    },
  },
  {
    name: "a gradient whose norm is not finite updates nothing where gradients are clipped",
    async check(engine) {
      const { tf } = engine;
      const weight = variable(engine, [0]);
      let updates = 0;
      const step = engine.trainingStep({
        variables: new Map([["weight", weight]]),
        clipNorm: 1,
        // The root's slope at 0 is infinite, its value is 0.
        objective: ({ x }) => ({ loss: tf.sum(tf.sqrt(tf.mul(tf.square(x), weight))) as Scalar }),
        update: () => {
          updates++;
        },
      });
      const { loss, gradientNorm = 0 } = await step.run([column([1, 2])]);
      expectSame("loss", loss, 0);
      expectSame("finite", Number.isFinite(gradientNorm), false);
      expectSame("updates", updates, 0);
      weight.dispose();
    },
  },
  {
    name: "a loss that is not finite updates nothing",
    async check(engine) {
      const { tf, ops } = engine;
      const [gamma, beta, runningMean, runningVariance] = [[1], [0], [0], [1]].map((v) => variable(engine, v));
      let updates = 0;
      const step = engine.trainingStep({
        variables: new Map([["gamma", gamma]]),
        objective: ({ x }) => {
          const image = tf.reshape(x, [-1, 1, 1, 1]) as Tensor4D;
          const variables = {
            gamma: gamma as Tensor as Tensor1D,
            beta: beta as Tensor as Tensor1D,
            runningMean,
            runningVariance,
          };
          const y = ops.batchNorm(image, variables, { training: true, epsilon: 1e-3, momentum: 0.5 });
          return { loss: tf.sum(tf.log(tf.sub(tf.mul(y, y), 1e9))) as Scalar };
        },
        update: () => {
          updates++;
        },
      });
      const { loss } = await step.run([column([1, 2])]);
      expectSame("finite", Number.isFinite(loss), false);
      expectSame("updates", updates, 0);
      expectSame("running mean", (await runningMean.data())[0], 0);
      expectSame("running variance", (await runningVariance.data())[0], 1);
      for (const each of [gamma, beta, runningMean, runningVariance]) each.dispose();
    },
  },
  {
    name: "steps leave no tensors behind",
    async check(engine) {
      const { tf } = engine;
      const weight = variable(engine, [3]);
      const step = lineFit(engine, weight, (gradient) =>
        tf.tidy(() => weight.assign(tf.sub(weight, tf.mul(gradient, 0.01)))),
      );
      const evaluation = engine.evaluationStep(({ x }) => ({ y: tf.mul(tf.square(x), weight), x }));
      const counts: number[] = [];
      for (let i = 0; i < 3; i++) {
        await step.run([column([1, 2, 3]), column([5])]);
        await evaluation.run(column([1, 2, 3]));
        counts.push(tf.memory().numTensors);
      }
      expectSame("tensors after the second step", counts[1], counts[0]);
      expectSame("tensors after the third step", counts[2], counts[0]);
      weight.dispose();
    },
  },
  {
    name: "8-bit arrays arrive as float32 from 0 to 255",
    async check(engine) {
      const evaluation = engine.evaluationStep(({ x }) => ({ y: engine.tf.div(x, 2) }));
      const { y } = await evaluation.run({ x: { data: Uint8Array.of(0, 1, 128, 255), shape: [4] } });
      expectClose("values", y.data, [0, 0.5, 64, 127.5], 0);
    },
  },
  {
    name: "gradients that tfjs lacks are refused or right, never wrong",
    async check(engine, tolerance) {
      const { tf } = engine;
      /** @param truth The gradient, by value; absent where there is none. */
      const refusedOrRight = async (what: string, compute: (weight: Tensor) => Tensor, truth?: readonly number[]) => {
        const weight = tf.tidy(() => tf.variable(tf.ones([1, 4, 4, 4])));
        const before = tf.memory().numTensors;
        let gradient: Promise<ArrayLike<number>> | undefined;
        const step = engine.trainingStep({
          variables: new Map([["weight", weight]]),
          objective: () => ({ loss: tf.sum(compute(weight)) as Scalar }),
          update: (gradients) => {
            gradient = gradients.get("weight")?.data();
          },
        });
        const refused = await step.run([column([1])]).then(
          () => false,
          () => true,
        );
        if (!truth) expectSame(`${what} refused`, refused, true);
        else if (!refused) expectClose(`gradient of ${what}`, (await gradient) ?? [], truth, tolerance);
        expectSame(`tensors after ${what}`, tf.memory().numTensors, before);
        weight.dispose();
      };
      // "same" around a filter of extent 3: each pixel is read by those of its 4 neighbours at (±1, ±1) that there are.
      const readers = [0, 1, 2, 3].map((at) => [at - 1, at + 1].filter((to) => to >= 0 && to < 4).length);
      await refusedOrRight(
        "dilated convolution",
        (x) => tf.conv2d(x as Tensor4D, tf.ones([2, 2, 4, 1]) as Tensor4D, 1, "same", "NHWC", 2),
        readers.flatMap((rows) => readers.flatMap((columns) => new Array<number>(4).fill(rows * columns))),
      );
      const each = (value: number) => new Array<number>(64).fill(value);
      await refusedOrRight("depthToSpace", (x) => tf.depthToSpace(x as Tensor4D, 2, "NHWC"), each(1));
      const repeated = (x: Tensor) => tf.tile(tf.reshape(x, [1, 1, 4, 4, 4]), [2, 1, 1, 1, 1]);
      await refusedOrRight("tile of rank 5", repeated, each(2));
      await refusedOrRight("argMax", (x) => tf.cast(tf.argMax(x, 3), "float32"));
    },
  },
];
