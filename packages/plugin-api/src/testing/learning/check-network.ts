import type * as tfc from "@tensorflow/tfjs-core";
import type { DefinitionOf } from "../../component.js";
import type { Engine } from "../../learning/engine.js";
import type { ForwardContext, Network, NetworkFactory } from "../../learning/network.js";
import { createRng } from "../../random/rng.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type Checklist, type CheckReport } from "../checklist.js";
import { firstDifference } from "../patches/copy-sample.js";

/** What {@link checkNetwork} takes beside the definition. */
export interface NetworkCheck extends CheckedWith {
  /** What computes: `await openEngine(…)` of `@eosin/engine`. */
  readonly engine: Engine;
}

type HostOutputs = { readonly [name: string]: { readonly data: Float32Array; readonly shape: readonly number[] } };

/**
 * Tests what a network promises: initial weights by the rng's key, the outputs of its kind in their shapes, samples
 * that do not see each other outside training, a gradient for every trainable parameter, and that it frees itself.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkNetwork(definition: DefinitionOf<NetworkFactory>, how: NetworkCheck): Promise<CheckReport> {
  const list = await checkDefinition(definition, ["network"], how);
  const { it: factory } = await buildComponent(definition, how);
  await checkBuiltNetwork(list, factory, how.engine);
  return list.report();
}

/** What every network promises, whatever component it comes from. */
export async function checkBuiltNetwork(list: Checklist, factory: NetworkFactory, engine: Engine): Promise<void> {
  const build = (key: number) => factory.build(engine, createRng("testkit network", key));
  const network = await list.check("initial weights depend on the rng's key alone", async () => {
    const [first, again, other] = [await build(1), await build(1), await build(2)];
    checkParameters(first);
    const differing = [...first.parameters.keys()].filter((name) => differ(first, again, name));
    if (differing.length > 0) broken("equal weights for equal keys", `${differing[0]} differs`);
    if ([...first.parameters.keys()].every((name) => !differ(first, other, name))) {
      broken("other weights for another key", "the same", "Draw them from rng.fork(name).");
    }
    for (const each of [again, other]) each.dispose();
    return first;
  });
  const side = network.stride * Math.max(1, Math.ceil(16 / network.stride));
  const image = images(2, side);
  const forward = (samples: readonly number[]) =>
    evaluate(engine, network, Float32Array.from(samples.flatMap((i) => [...image[i]])), [
      samples.length,
      side,
      side,
      3,
    ]);

  const outputs = await list.check("it gives the outputs of its kind in their shapes, all finite", async () => {
    const found = await forward([0, 1]);
    checkOutputs(found, network, [2, side, side]);
    return found;
  });
  await list.check("outside training a sample's output does not depend on the others of its batch", async () => {
    const alone = await forward([0]);
    for (const [name, { data }] of Object.entries(alone)) {
      const scale = Math.max(1, ...data.map(Math.abs));
      const at = data.findIndex((value, i) => Math.abs(value - outputs[name].data[i]) > 1e-3 * scale);
      if (at !== -1) broken(`${name}: ${outputs[name].data[at]} in a batch of two`, `${data[at]} alone`);
    }
  });
  await list.check("training reaches every trainable parameter", async () => {
    const unreached = await unreachedParameters(engine, network, image, side);
    if (unreached.length > 0) {
      broken("a gradient that is finite and not zero", unreached.join(", "), "Mark unused ones trainable: false.");
    }
  });
  network.dispose();
  await list.check("it frees what it made", async () => {
    const before = engine.tf.memory().numTensors;
    (await build(1)).dispose();
    const after = engine.tf.memory().numTensors;
    if (after !== before) broken(`${before} tensors`, String(after));
  });
}

function checkParameters({ parameters, stride }: Network): void {
  if (!(Number.isInteger(stride) && stride > 0)) broken("a stride from 1", String(stride));
  if (parameters.size === 0) broken("parameters", "none");
  for (const [key, { name }] of parameters) if (key !== name) broken(`a parameter under its name ${name}`, key);
}

function differ(a: Network, b: Network, name: string): boolean {
  const [first, second] = [a, b].map((each) => each.parameters.get(name)?.variable.dataSync() ?? []);
  return firstDifference(first, second) !== undefined;
}

function images(count: number, side: number): readonly Float32Array[] {
  return Array.from({ length: count }, (_, key) => {
    const rng = createRng("testkit network image", key);
    return Float32Array.from({ length: side * side * 3 }, () => rng.normal());
  });
}

async function evaluate(
  engine: Engine,
  network: Network,
  data: Float32Array,
  shape: readonly number[],
): Promise<HostOutputs> {
  const context: ForwardContext = {
    training: false,
    random: (name) => broken("no random numbers outside training", `it asked for ${name}`),
  };
  const step = engine.evaluationStep((batch) => network.forward(batch.image as tfc.Tensor4D, context));
  return step.run({ image: { data, shape } });
}

function checkOutputs(outputs: HostOutputs, { separatesStains }: Network, batch: readonly number[]): void {
  const shapeOf = (name: string) =>
    outputs[name]?.shape ?? broken(`an output ${name}`, Object.keys(outputs).join(", "));
  const expect = (name: string, channels: number) => {
    const wanted = [...batch, channels].join(", ");
    if (shapeOf(name).join(", ") !== wanted) broken(`${name} of shape [${wanted}]`, `[${shapeOf(name).join(", ")}]`);
  };
  expect("mask", 1);
  if (separatesStains) {
    const stains = shapeOf("density")[3];
    expect("density", stains);
    expect("vector", 3 * stains);
    expect("reconstruction", 3);
  }
  for (const [name, { data }] of Object.entries(outputs)) {
    if (!data.every(Number.isFinite)) broken(`a finite ${name}`, "NaN or an infinity");
  }
}

async function unreachedParameters(
  engine: Engine,
  network: Network,
  image: readonly Float32Array[],
  side: number,
): Promise<string[]> {
  const { tf } = engine;
  const trainable = [...network.parameters.values()].filter((each) => each.trainable);
  const reached = new Set<string>();
  const step = engine.trainingStep({
    variables: new Map(trainable.map(({ name, variable }) => [name, variable])),
    objective(batch) {
      const context: ForwardContext = { training: true, random: (_name, shape) => tf.fill([...shape], 0.75) };
      const outputs = Object.values(network.forward(batch.image as tfc.Tensor4D, context));
      // A target away from zero: the squares alone have no slope where an output starts at zero.
      const terms = outputs.map((output) => tf.mean(tf.square(tf.sub(output, 0.5))));
      return { loss: tf.addN(terms) as tfc.Scalar };
    },
    update(gradients) {
      for (const [name, gradient] of gradients) {
        const values = gradient.dataSync();
        if (values.every(Number.isFinite) && values.some((value) => value !== 0)) reached.add(name);
      }
      for (const { name, variable } of trainable) {
        variable.assign(tf.sub(variable, tf.mul(gradients.get(name)!, 0.01)));
      }
    },
  });
  const data = Float32Array.from(image.flatMap((values) => [...values]));
  // A residual branch may begin at a scale of 0: what is before that is reached once the scale has moved.
  for (let steps = 0; steps < 2 && reached.size < trainable.length; steps++) {
    await step.run([{ image: { data, shape: [image.length, side, side, 3] } }]);
  }
  step.dispose();
  return trainable.map(({ name }) => name).filter((name) => !reached.has(name));
}
