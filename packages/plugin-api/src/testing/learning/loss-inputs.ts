import type * as tfc from "@tensorflow/tfjs-core";
import type { Engine, LossBatch, TensorRecord } from "../../learning/index.js";
import type { Loss } from "../../learning/loss.js";
import type { NetworkOutputs } from "../../learning/network.js";
import { createRng } from "../../random/rng.js";
import { broken } from "../checklist.js";

/** Values on the host with the shape that they have on the engine. */
export interface HostValues {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

export type HostInputs = { readonly [name: string]: HostValues };

const side = 4;
const channelsOf: { readonly [output: string]: number } = {
  mask: 1,
  density: 2,
  vector: 6,
  reconstruction: 3,
  reconstructionTarget: 3,
};

/** Random outputs of a network, by the names that the loss reads. @param more Shapes of outputs that other networks have. */
export function randomOutputs(
  loss: Loss,
  samples: number,
  more: { readonly [output: string]: readonly number[] },
): HostInputs {
  const shapeOf = (name: string): readonly number[] => {
    if (more[name]) return [samples, ...more[name]];
    if (name === "imageLevel") return [samples, 1, 1, 1];
    if (channelsOf[name] !== undefined) return [samples, side, side, channelsOf[name]];
    return broken("outputs that are known", `needs: ${name}`, `Give its shape: { outputs: { ${name}: [4, 4, 1] } }.`);
  };
  return Object.fromEntries(loss.needs.map((name) => [name, normal(shapeOf(name), 1.5, "output", name)]));
}

/** @param tumour Share of tumour pixels. @param classes Beside the background: each tumour pixel is of one of them. */
export function randomBatch(loss: Loss, samples: number, tumour = 0.4, classes = 1): HostInputs {
  const rng = createRng("testkit loss", "mask");
  const label = () => (classes === 1 ? 1 : 1 + rng.integer(classes));
  const shape = [samples, side, side];
  const mask = {
    values: Float32Array.from({ length: samples * side * side }, () => (rng.chance(tumour) ? label() : 0)),
    shape: [...shape, 1],
  };
  const image = normal([...shape, 3], 1, "image");
  const rgb = {
    values: image.values.map((value) => Math.max(0, Math.min(255, Math.round(128 + 50 * value)))),
    shape: image.shape,
  };
  const distance = normal([...shape, loss.needsDistances ?? 1], 1.5, "distance");
  const density = { ...normal([...shape, 2], 0.5, "density") };
  return {
    image,
    rgb,
    mask,
    ...(loss.needsDistances !== undefined && { distance }),
    ...(loss.needsDensity && { density: { ...density, values: density.values.map(Math.abs) } }),
  };
}

/** The batch with some pixels' labels ignored: mask 0, valid 0. @param share Of pixels that are ignored. */
export function ignoring(batch: HostInputs, share: number): HostInputs {
  const rng = createRng("testkit loss", "ignored");
  const { values, shape } = batch.mask;
  const valid = values.map(() => Number(!rng.chance(share)));
  return {
    ...batch,
    mask: { values: values.map((label, i) => label * valid[i]), shape },
    valid: { values: valid, shape },
  };
}

export function firstSamples(inputs: HostInputs, from: number, to: number): HostInputs {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { values, shape }]) => {
      const each = values.length / shape[0];
      return [name, { values: values.slice(from * each, to * each), shape: [to - from, ...shape.slice(1)] }];
    }),
  );
}

/** The loss and its terms on the host. Frees all that it made. */
export async function lossOf(
  engine: Engine,
  loss: Loss,
  outputs: HostInputs,
  batch: HostInputs,
): Promise<{ total: number; terms: { [name: string]: number } }> {
  const { tf } = engine;
  const scalars = tf.tidy(() => {
    const { total, terms } = loss.compute(
      tf,
      upload(engine, outputs) as NetworkOutputs,
      upload(engine, batch) as unknown as LossBatch,
    );
    return { total, terms: { ...terms } };
  });
  const read = async (scalar: tfc.Scalar) => {
    if (scalar.rank !== 0) broken("scalars", `a tensor of shape [${scalar.shape.join(", ")}]`);
    return (await scalar.data())[0];
  };
  const total = await read(scalars.total);
  const terms: { [name: string]: number } = {};
  for (const [name, term] of Object.entries(scalars.terms)) terms[name] = await read(term);
  tf.dispose([scalars.total, ...Object.values(scalars.terms)]);
  return { total, terms };
}

export function upload(engine: Engine, inputs: HostInputs): TensorRecord {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { values, shape }]) => [name, engine.tf.tensor(values, [...shape], "float32")]),
  );
}

function normal(shape: readonly number[], scale: number, ...key: readonly string[]): HostValues {
  const rng = createRng("testkit loss", ...key);
  const count = shape.reduce((product, size) => product * size, 1);
  return { values: Float32Array.from({ length: count }, () => rng.normal(0, scale)), shape };
}
