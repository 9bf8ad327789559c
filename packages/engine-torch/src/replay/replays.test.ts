import type { Engine, HostRecord } from "@eosin/plugin-api/learning";
import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { nativeMemory, type SmallNetworkOptions, smallNetwork } from "../small-network.test-support.js";
import { openTestTorch, torchInstallation } from "../torch.test-support.js";
import { type Faults, standInGraphs } from "./stand-in-graph.test-support.js";

type Network = ReturnType<typeof smallNetwork>;
/** The micro-batches of each step. */
type Schedule = (network: Network) => readonly (readonly HostRecord[])[];
type Options = (engine: Engine, log: string[]) => SmallNetworkOptions;

const plain: Options = () => ({});
const steps =
  (count: number): Schedule =>
  ({ batch }) =>
    Array.from({ length: count }, (_, seed) => [batch(16, { seed })]);

/** A smaller batch ends each round, and the last round's batches are of two micro-batches, of three samples and of one. */
const mixed: Schedule = ({ batch }) => {
  const large = (seed: number) => batch(16, { seed, samples: 3 });
  const small = (seed: number) => batch(16, { seed, samples: 1 });
  const alone = Array.from({ length: 14 }, (_, seed) => [seed % 3 === 2 ? small(seed) : large(seed)]);
  const pairs = Array.from({ length: 6 }, (_, seed) => [large(seed), seed % 2 ? large(seed + 50) : small(seed + 50)]);
  return [...alone, ...pairs];
};

/** @param before Called before each step (from 0). */
async function train(
  engine: Engine,
  schedule: Schedule,
  options: Options,
  before: (network: Network, step: number) => void = () => {},
) {
  const log: string[] = [];
  const say = (level: string) => (message: string) => {
    log.push(`${level}: ${message}`);
  };
  const given = options(engine, log);
  const network = smallNetwork(engine, { ...given, log: { info: say("info"), warn: say("warn") } });
  const results = [];
  for (const [step, batches] of schedule(network).entries()) {
    before(network, step);
    results.push(await network.training.run(batches));
  }
  const state: { [name: string]: Float32Array } = {};
  for (const [name, variable] of [...network.variables, ...Object.entries(network.running)]) {
    state[name] = Float32Array.from(await variable.data());
  }
  network.dispose();
  return { results, state, log };
}

/** The same training with passes one by one, and with a stand-in for CUDA graphs. */
async function both(
  schedule: Schedule,
  {
    faults,
    options = plain,
    precision = "float32",
  }: { faults?: Faults; options?: Options; precision?: "float32" | "bfloat16" } = {},
) {
  const { log: _, ...expected } = await train(await openTestTorch({ precision }), schedule, options);
  const { support, counts } = standInGraphs(faults);
  const { log, ...found } = await train(await openTestTorch({ precision }, { graphs: support }), schedule, options);
  return { expected, found, log, counts };
}

describe.skipIf(!torchInstallation)("replayed passes", () => {
  it.each(["float32", "bfloat16"] as const)("give what passes one by one give, %s", async (precision) => {
    const { expected, found, counts, log } = await both(mixed, { precision });
    expect(found).toEqual(expected);
    expect(counts).toMatchObject({ captures: 2, disposed: 2 });
    expect(counts.replays).toBeGreaterThan(15);
    expect(log).toEqual([
      "info: Training passes over x (3×16×16×3) are replayed from a CUDA graph.",
      "info: Training passes over x (1×16×16×3) are replayed from a CUDA graph.",
    ]);
  });

  it("give it without the addon's own operators, too", async () => {
    const { support, counts } = standInGraphs();
    const [eager, replaying] = [{ fused: false }, { fused: false, graphs: support }];
    const { log: _, ...expected } = await train(await openTestTorch({}, eager), steps(8), plain);
    expect(await train(await openTestTorch({}, replaying), steps(8), plain)).toMatchObject(expected);
    expect(counts.captures).toBe(1);
  });

  it("change nothing where the loss is not a number", async () => {
    const schedule: Schedule = ({ batch }) => {
      const factors = [1, 1, 1, 1, 1, 1, Number.NaN, 1, Number.POSITIVE_INFINITY, 1];
      return factors.map((factor, seed) => [batch(16, { seed, factor })]);
    };
    const { expected, found, counts } = await both(schedule);
    expect(found).toEqual(expected);
    expect(counts.captures).toBe(1);
    expect(found.results.map(({ loss }) => Number.isFinite(loss)).filter((finite) => !finite)).toHaveLength(2);
    expect(Object.values(found.state).every((values) => values.every(Number.isFinite))).toBe(true);
  });

  it("compute with the numbers of the objective", async () => {
    const options: Options = ({ tf }) => ({
      objective: (loss) => tf.mul(loss, tf.mean(tf.tensor1d(Array.from({ length: 100 }, (_, i) => i / 50)))) as Scalar,
    });
    const { expected, found, counts } = await both(steps(8), { options });
    expect(found).toEqual(expected);
    expect(counts.captures).toBe(1);
  });

  it("go with gradient descent in place", async () => {
    const how = { learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 };
    const options: Options = ({ tf, ops }) => {
      const velocities = new Map<string, Variable>();
      const kept = (name: string, like: Variable) => {
        if (!velocities.has(name)) velocities.set(name, tf.variable(tf.zerosLike(like)));
        return velocities.get(name)!;
      };
      return {
        update: (variables, gradients) =>
          ops.sgd(
            [...variables].map(([name, variable]) => ({
              variable,
              gradient: gradients.get(name)!,
              velocity: kept(name, variable),
            })),
            how,
          ),
      };
    };
    const { expected, found, counts } = await both(steps(8), { options });
    expect(found).toEqual(expected);
    expect(counts.captures).toBe(1);
  });

  it("leave nothing behind", async () => {
    const { support, counts } = standInGraphs();
    const engine = await openTestTorch({}, { graphs: support });
    await train(engine, steps(4), plain);
    const [before, numTensors] = [nativeMemory(engine).tensors, engine.tf.memory().numTensors];
    await train(engine, mixed, plain);
    expect(counts).toMatchObject({ captures: 3, disposed: 3 });
    expect(nativeMemory(engine).tensors).toBe(before);
    expect(engine.tf.memory().numTensors).toBe(numTensors);
  });

  it("take no memory over many steps", async () => {
    const { support, counts } = standInGraphs();
    const engine = await openTestTorch({}, { graphs: support });
    const { training, batch, dispose } = smallNetwork(engine);
    const run = async (count: number) => {
      for (let i = 0; i < count; i++) await training.run([batch(), batch(16, { seed: i })]);
    };
    await run(8);
    const [before, numTensors] = [nativeMemory(engine), engine.tf.memory().numTensors];
    await run(40);
    expect(nativeMemory(engine)).toMatchObject({ tensors: before.tensors, bytes: before.bytes });
    expect(engine.tf.memory().numTensors).toBe(numTensors);
    expect(counts.captures).toBe(1);
    dispose();
  });
});

/** What stands in the way, the words that name it, and how many captures succeed before it is met. */
const obstacles: {
  readonly [name: string]: { faults?: Faults; options?: Options; reason: RegExp; captures?: number };
} = {
  "a build without graphs": { faults: { lacks: "none can be recorded" }, reason: /none can be recorded/ },
  "no room": { faults: { shortage: "no room for two" }, reason: /no room for two/ },
  "a kernel that cannot be recorded": { faults: { atEnd: "operation not permitted" }, reason: /not permitted/ },
  "a replay that fails": { faults: { replayFails: 5 }, reason: /unspecified launch failure/, captures: 1 },
  "replays of old results": { faults: { staleFrom: 1 }, reason: /a replay was .* away/, captures: 1 },
  "values that are read": {
    options: ({ tf }) => ({ objective: (loss) => tf.mul(loss, Math.min(1, 1 + loss.dataSync()[0])) as Scalar }),
    reason: /values are read back/,
  },
  "a number that changes": {
    options: ({ tf }) => {
      let pass = 0;
      return { objective: (loss) => tf.mul(loss, 1 + pass++ / 100) as Scalar };
    },
    reason: /number .* another one each time/,
  },
  "another course": {
    options: ({ tf }) => {
      let pass = 0;
      return { objective: (loss) => (pass++ % 2 ? tf.neg(tf.neg(loss)) : tf.mul(loss, 1)) as Scalar };
    },
    reason: /it calls .* after .* the time before/,
  },
  "an attribute that changes": {
    options: ({ tf }) => {
      let pass = 0;
      return { objective: (loss) => tf.clipByValue(loss, 0, 1000 + pass++) as Scalar };
    },
    reason: /it calls ClipByValue .* after ClipByValue/,
  },
  "tensors that are kept": {
    options: ({ tf }) => {
      let last: Tensor | undefined;
      return {
        objective(loss) {
          last?.dispose();
          last = tf.keep(tf.square(loss));
          return loss;
        },
      };
    },
    reason: /keeps tensors of the pass/,
  },
  "an optimizer that moves its variables": {
    options: ({ tf }) => ({
      update: (variables, gradients) =>
        tf.tidy(() => {
          for (const [name, variable] of variables)
            variable.assign(tf.sub(variable, tf.mul(gradients.get(name)!, 0.1)));
        }),
    }),
    reason: /Variable\.assign/,
  },
};

describe.skipIf(!torchInstallation)("passes that cannot be replayed", () => {
  it.each(Object.entries(obstacles))(
    "run one by one, and say why once: %s",
    async (_, { faults, options, reason, captures = 0 }) => {
      const { expected, found, log, counts } = await both(steps(9), { faults, options });
      expect(found).toEqual(expected);
      const warnings = log.filter((line) => line.startsWith("warn"));
      expect(warnings).toEqual([expect.stringMatching(reason)]);
      expect(warnings[0]).toMatch(/^warn: Training passes.* launch their kernels one by one/);
      expect(counts.captures).toBe(captures);
    },
  );

  it("are told where replays go wrong later", async () => {
    const { log } = await both(steps(12), { faults: { staleFrom: 4 } });
    expect(log).toEqual([
      expect.stringMatching(/^info: .* are replayed/),
      expect.stringMatching(/^warn: .* up to 4 steps before may be wrong/),
    ]);
  });

  it("leave nothing behind where a capture fails", async () => {
    const { support } = standInGraphs({ atEnd: "operation not permitted" });
    const engine = await openTestTorch({}, { graphs: support });
    await train(engine, steps(5), plain);
    const [before, numTensors] = [nativeMemory(engine).tensors, engine.tf.memory().numTensors];
    await train(engine, steps(5), plain);
    expect(nativeMemory(engine).tensors).toBe(before);
    expect(engine.tf.memory().numTensors).toBe(numTensors);
  });

  it("are captured again where a weight was restored to other memory, but not for ever", async () => {
    const { support, counts } = standInGraphs();
    const engine = await openTestTorch({}, { graphs: support });
    const { tf } = engine;
    const restore = ({ variables }: Network, step: number) => {
      const beta = variables.get("beta")!;
      if (step % 7 === 6) tf.tidy(() => beta.assign(tf.mul(beta, 0.5)));
    };
    const { log: _, ...expected } = await train(await openTestTorch(), steps(30), plain, restore);
    const { log, ...found } = await train(engine, steps(30), plain, restore);
    expect(found).toEqual(expected);
    expect(counts).toMatchObject({ captures: 3, disposed: 3 });
    expect(log).toEqual([
      ...new Array(3).fill(expect.stringMatching(/^info: .* are replayed/)),
      expect.stringMatching(/^warn: .* moved in memory again and again/),
    ]);
  });

  it("honour gradients that a plugin gives", async () => {
    const { support, counts } = standInGraphs();
    const engine = await openTestTorch({}, { graphs: support });
    const { tf } = engine;
    const options: Options = () => ({
      objective: (loss) =>
        tf.customGrad((x) => ({ value: tf.mul(x as Tensor, 2), gradFunc: (dy: Tensor) => tf.mul(dy, 3) }))(
          loss,
        ) as Scalar,
    });
    const tripled = await train(engine, steps(6), options);
    const eager = await train(await openTestTorch(), steps(6), options);
    expect(tripled.results).toEqual(eager.results);
    expect(counts.captures).toBe(0);
  });
});
