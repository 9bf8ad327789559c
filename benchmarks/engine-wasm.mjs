// One training step of a multi-task U-Net (128×128, batch 4, channels 16…128, 21.5 GFLOP) on one engine, with the time
// that each kernel takes. CPU time, so that other work on the machine counts little; pin it to one core all the same:
//   taskset -c 0 node benchmarks/engine-wasm.mjs [--engine wasm] [--steps 8] [--kernels] [--json FILE]
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { createEngineProvider } from "../packages/engine/dist/index.js";

const { values: flags } = parseArgs({
  options: {
    engine: { type: "string", default: "wasm" },
    steps: { type: "string", default: "8" },
    size: { type: "string", default: "128" },
    batch: { type: "string", default: "4" },
    kernels: { type: "boolean", default: false },
    json: { type: "string" },
  },
});
const size = Number(flags.size);
const batch = Number(flags.batch);
const steps = Number(flags.steps);

/** A small multi-task U-Net: four levels, one decoder a task, batch norm and ReLU behind each 3×3 convolution. */
function buildNetwork({ tf, ops }) {
  const variables = new Map();
  const statistics = [];
  let seed = 1;
  const uniform = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647 - 0.5;
  };
  const variable = (name, shape, value, trainable = true) => {
    const length = shape.reduce((product, n) => product * n, 1);
    const initial = tf.tensor(Float32Array.from({ length }, value), shape);
    const made = tf.variable(initial, trainable);
    initial.dispose();
    if (trainable) variables.set(name, made);
    else statistics.push(made);
    return made;
  };
  const convolution = (name, from, to, extent) => {
    const scale = Math.sqrt(24 / (extent * extent * from));
    const filter = variable(`${name}.filter`, [extent, extent, from, to], () => uniform() * scale);
    const pad = (extent - 1) / 2;
    return (x) => ops.conv2d(x, filter, { stride: 1, padding: [pad, pad, pad, pad] });
  };
  const block = (name, from, to) => {
    const convolve = convolution(name, from, to, 3);
    const norm = {
      gamma: variable(`${name}.gamma`, [to], () => 1),
      beta: variable(`${name}.beta`, [to], () => 0),
      runningMean: variable(`${name}.mean`, [to], () => 0, false),
      runningVariance: variable(`${name}.variance`, [to], () => 1, false),
    };
    const how = { training: true, epsilon: 1e-5, momentum: 0.1, activation: "relu" };
    return (x) => ops.batchNorm(convolve(x), norm, how);
  };
  const chain =
    (...layers) =>
    (x) =>
      layers.reduce((y, layer) => layer(y), x);
  const channels = [16, 32, 64, 128];
  const encoder = channels.map((to, level) =>
    chain(block(`enc${level}a`, level === 0 ? 3 : channels[level - 1], to), block(`enc${level}b`, to, to)),
  );
  const decoder = (task) =>
    [2, 1, 0].map((level) => {
      const [to, below] = [channels[level], channels[level + 1]];
      return block(`${task}${level}`, below + to, to);
    });
  const tasks = [
    { name: "mask", blocks: decoder("mask"), head: convolution("mask.head", 16, 1, 3) },
    { name: "density", blocks: decoder("density"), head: convolution("density.head", 16, 2, 3) },
  ];
  const forward = (image) => {
    const skips = [];
    let x = image;
    encoder.forEach((stage, level) => {
      if (level > 0) x = tf.avgPool(x, 2, 2, "valid");
      x = stage(x);
      skips.push(x);
    });
    return Object.fromEntries(
      tasks.map(({ name, blocks, head }) => {
        const y = blocks.reduce((z, stage, i) => stage(ops.upsample2Concat(z, skips[2 - i])), x);
        return [name, head(y)];
      }),
    );
  };
  return { variables, statistics, forward };
}

function createStep(engine, network) {
  const { tf, ops } = engine;
  const zeroLike = (variable) => {
    const zeros = tf.zerosLike(variable);
    const made = tf.variable(zeros, false);
    zeros.dispose();
    return made;
  };
  const moments = new Map(
    [...network.variables].map(([name, v]) => [name, { first: zeroLike(v), second: zeroLike(v) }]),
  );
  let step = 0;
  return engine.trainingStep({
    variables: network.variables,
    objective: ({ image, mask }) => {
      const x = tf.sub(tf.div(image, 127.5), 1);
      const outputs = network.forward(x);
      const segmentation = tf.mean(tf.losses.sigmoidCrossEntropy(mask, outputs.mask));
      const density = tf.softplus(outputs.density);
      const absorbed = tf.sum(density, 3, true);
      const reconstruction = tf.mean(tf.square(tf.sub(tf.exp(tf.neg(absorbed)), tf.div(image, 255))));
      return { loss: tf.add(tf.mul(segmentation, 0.7), tf.mul(reconstruction, 0.3)) };
    },
    update: (gradients) => {
      step++;
      const updates = [...gradients].map(([name, gradient]) => ({
        variable: network.variables.get(name),
        gradient,
        ...moments.get(name),
      }));
      ops.adam(updates, { step, learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 });
    },
  });
}

function createBatch() {
  let seed = 7;
  const byte = () => {
    seed = (seed * 16807) % 2147483647;
    return seed & 255;
  };
  const image = Uint8Array.from({ length: batch * size * size * 3 }, byte);
  const mask = Uint8Array.from({ length: batch * size * size }, (_, i) => (image[i * 3] > 127 ? 1 : 0));
  return {
    image: { data: image, shape: [batch, size, size, 3] },
    mask: { data: mask, shape: [batch, size, size, 1] },
  };
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Wraps the registered kernels of the back end: own time (without kernels called inside) and calls, by name. */
function timeKernels({ tf }) {
  const table = new Map();
  let inner = 0;
  for (const kernel of tf.getKernelsForBackend(tf.getBackend())) {
    const original = kernel.kernelFunc;
    kernel.kernelFunc = (call) => {
      const outer = inner;
      inner = 0;
      const start = cpuMs();
      const result = original(call);
      const took = cpuMs() - start;
      const row = table.get(kernel.kernelName) ?? { ms: 0, calls: 0 };
      row.ms += took - inner;
      row.calls++;
      table.set(kernel.kernelName, row);
      inner = outer + took;
      return result;
    };
  }
  return table;
}

const provider = createEngineProvider();

async function flopsOfStep() {
  const { engine, cost } = await provider.openShapeEngine();
  const network = buildNetwork(engine);
  const step = createStep(engine, network);
  await step.run([createBatch()]);
  return cost();
}

const estimated = await flopsOfStep();
const { identity } = await provider.choose({ name: flags.engine, precision: "float32", threads: 1 });
const engine = await provider.open(identity);
const network = buildNetwork(engine);
const step = createStep(engine, network);
const host = createBatch();
const losses = [];
losses.push((await step.run([host])).loss);
const times = [];
for (let i = 0; i < steps; i++) {
  const before = cpuMs();
  losses.push((await step.run([host])).loss);
  times.push(cpuMs() - before);
}
times.sort((a, b) => a - b);
const median = times[times.length >> 1];
const commit = () =>
  execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: import.meta.dirname, encoding: "utf8" });
const result = {
  date: new Date().toISOString().slice(0, 10),
  commit: commit().trim(),
  engine: identity,
  cpu: cpus()[0].model,
  node: process.version,
  size,
  batch,
  gflop: estimated.flops / 1e9,
  estimatedPeakMiB: estimated.peakBytes / 2 ** 20,
  stepMs: { median, fastest: times[0] },
  gflops: { median: estimated.flops / median / 1e6, fastest: estimated.flops / times[0] / 1e6 },
  losses,
};
console.log(
  `${identity.name}: ${result.gflop.toFixed(2)} GFLOP a step, estimated peak ${result.estimatedPeakMiB.toFixed(0)} MiB`,
);
console.log(
  `step ${median.toFixed(0)} ms CPU (median of ${steps}; fastest ${times[0].toFixed(0)}): ` +
    `${result.gflops.median.toFixed(2)} GFLOP/s (${result.gflops.fastest.toFixed(2)})`,
);
console.log(`losses ${losses.map((loss) => loss.toFixed(6)).join(" ")}`);

if (flags.kernels) {
  const table = timeKernels(engine);
  const counted = 3;
  for (let i = 0; i < counted; i++) await step.run([host]);
  const rows = [...table].sort((a, b) => b[1].ms - a[1].ms);
  const all = rows.reduce((sum, [, row]) => sum + row.ms, 0) / counted;
  console.log(`\n${"kernel".padEnd(38)}${"calls".padStart(7)}${"ms".padStart(10)}${"share".padStart(8)}   (a step)`);
  for (const [name, { ms, calls }] of rows.slice(0, 30)) {
    const perStep = ms / counted;
    const share = `${((100 * perStep) / all).toFixed(1)}%`;
    console.log(
      `${name.padEnd(38)}${String(calls / counted).padStart(7)}${perStep.toFixed(1).padStart(10)}${share.padStart(8)}`,
    );
  }
  console.log(`${"all kernels".padEnd(45)}${all.toFixed(1).padStart(10)}`);
  result.kernelsMs = Object.fromEntries(rows.map(([name, { ms }]) => [name, ms / counted]));
}
if (flags.json) writeFileSync(flags.json, `${JSON.stringify(result, null, 2)}\n`);
