import type { Engine, HostRecord, TrainingStepDefinition } from "@eosin/plugin-api/learning";
import type { Scalar, Tensor, Tensor4D, Variable } from "@tensorflow/tfjs-core";

const how = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

interface NativeMemory {
  readonly tensors: number;
  readonly bytes: number;
  readonly peakBytes: number;
}

/** The addon's own figures; the peak is the process's. */
export function nativeMemory({ tf }: Engine): NativeMemory {
  const backend = tf.backend() as unknown as { torch: { addon: { memory(): NativeMemory } } };
  return backend.torch.addon.memory();
}

/** Of no order, the same each time. */
export const values = (size: number, seed: number) =>
  Float32Array.from({ length: size }, (_, i) => Math.sin(i * 12.9898 + seed * 78.233) * 0.3);

export interface SmallNetworkOptions {
  readonly log?: TrainingStepDefinition["log"];
  /** Called with the loss in each pass. */
  readonly objective?: (loss: Scalar) => Scalar;
  /** In the place of Adam. */
  readonly update?: (variables: ReadonlyMap<string, Variable>, gradients: ReadonlyMap<string, Tensor>) => void;
}

/** A small network with all that the engine treats apart: batch norm, a decoder's step up, Adam. */
export function smallNetwork(engine: Engine, { log, objective = (loss) => loss, update }: SmallNetworkOptions = {}) {
  const { tf, ops } = engine;
  const variables = new Map<string, Variable>();
  const make = (name: string, shape: number[], trainable = true): Variable => {
    const size = shape.reduce((product, n) => product * n, 1);
    const made = tf.tidy(() => tf.variable(tf.tensor(values(size, name.length), shape), trainable));
    if (trainable) variables.set(name, made);
    return made;
  };
  const [first, second] = [make("first", [3, 3, 3, 40]), make("second.", [3, 3, 43, 1])];
  const norm = { gamma: make("gamma", [40]), beta: make("beta", [40]) };
  const running = { runningMean: make("mean", [40], false), runningVariance: make("variance", [40], false) };
  const moments = [...variables].map(([name, variable]) => {
    const zeros = () => tf.tidy(() => tf.variable(tf.zerosLike(variable)));
    return { name, variable, first: zeros(), second: zeros() };
  });
  let step = 0;
  const training = engine.trainingStep({
    variables,
    objective: ({ x, factor }) => {
      const image = tf.mul(x, 1 / 255) as Tensor4D;
      const down = ops.conv2d(image, first as Tensor as Tensor4D, { stride: 2, padding: [1, 1, 1, 1] });
      const variablesOfNorm = { ...norm, ...running } as never;
      const y = ops.batchNorm(down, variablesOfNorm, {
        training: true,
        epsilon: 1e-3,
        momentum: 0.1,
        activation: "silu",
      });
      const up = ops.upsample2Concat(y, image);
      const logits = ops.conv2d(up, second as Tensor as Tensor4D, { stride: 1, padding: [1, 1, 1, 1] });
      const error = tf.mean(tf.square(tf.sub(tf.sigmoid(logits), 0.25)));
      const loss = objective(tf.mul(error, tf.mean(factor)));
      return { loss, watch: { logit: tf.mean(logits) as Scalar } };
    },
    log,
    update: (gradients) => {
      step++;
      if (update) return update(variables, gradients);
      const updates = moments.map(({ name, ...each }) => ({ ...each, gradient: gradients.get(name)! }));
      ops.adam(updates, { step, ...how });
    },
  });
  /** @param seed Other seeds give other images. @param factor Of the loss. */
  const batch = (size = 16, { samples = 2, seed = 0, factor = 1 } = {}): HostRecord => ({
    x: {
      data: Uint8Array.from({ length: samples * size * size * 3 }, (_, i) => (i * 31 + seed * 7 * (i % 11)) % 256),
      shape: [samples, size, size, 3],
    },
    factor: { data: new Float32Array(samples).fill(factor), shape: [samples] },
  });
  const dispose = () => {
    training.dispose();
    const all = [
      ...variables.values(),
      ...Object.values(running),
      ...moments.flatMap((each) => [each.first, each.second]),
    ];
    for (const variable of all) variable.dispose();
  };
  return { training, variables, running, batch, dispose };
}
