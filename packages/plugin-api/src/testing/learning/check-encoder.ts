import type * as tfc from "@tensorflow/tfjs-core";
import type { DefinitionOf } from "../../component.js";
import type { EncoderFactory } from "../../learning/encoder.js";
import type { Engine } from "../../learning/engine.js";
import type { Network, NetworkFactory } from "../../learning/network.js";
import type { NetworkParameter } from "../../learning/parameter.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type CheckReport } from "../checklist.js";
import { checkBuiltNetwork } from "./check-network.js";

/** What {@link checkEncoder} takes beside the definition. */
export interface EncoderCheck extends CheckedWith {
  /** What computes: `await openEngine(…)` of `@eosin/engine`. */
  readonly engine: Engine;
}

const prefix = "encoder.";

/**
 * Tests what an encoder promises: features of the strides and channels that it states, and all that a network promises
 * of a network that is nothing but this encoder.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkEncoder(definition: DefinitionOf<EncoderFactory>, how: EncoderCheck): Promise<CheckReport> {
  const list = await checkDefinition(definition, ["encoder"], how);
  const { it: factory } = await buildComponent(definition, how);
  await list.check("its traits are strides that double or more, and channels for each", () => {
    const { strides, channels } = factory.traits;
    if (strides.length === 0 || strides.length !== channels.length) {
      broken("as many channels as strides, one at least", `${strides.length} strides, ${channels.length} channels`);
    }
    strides.forEach((stride, index) => {
      const power = stride >= 1 && Number.isInteger(Math.log2(stride));
      if (!power || stride <= (strides[index - 1] ?? 0)) broken("powers of two that rise", strides.join(", "));
    });
  });
  await checkBuiltNetwork(list, networkOf(factory), how.engine);
  return list.report();
}

/** A network whose outputs are the features, as a decoder would get them. */
function networkOf(factory: EncoderFactory): NetworkFactory {
  const { strides, channels, normalization } = factory.traits;
  return {
    title: factory.title,
    async build(engine, rng): Promise<Network> {
      const parameters = new Map<string, NetworkParameter>();
      const encoder = await factory.build({
        engine,
        prefix,
        add(name, { shape, initial, layout = "plain", trainable = true }) {
          const full = prefix + name;
          if (parameters.has(full)) broken("parameters of different names", `two called ${name}`);
          const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
          initial(values, shape, rng.fork(full));
          const variable = engine.tf.tidy(() => engine.tf.variable(engine.tf.tensor(values, [...shape]), trainable));
          parameters.set(full, { name: full, variable, trainable, layout });
          return variable;
        },
      });
      return {
        parameters,
        stride: strides[strides.length - 1],
        separatesStains: false,
        normalization,
        forward(image, context) {
          const features = encoder.features(image, context);
          if (features.length !== strides.length) broken(`${strides.length} features`, String(features.length));
          const named = features.map((feature, index) => [`stride ${strides[index]}`, feature] as const);
          for (const [index, { shape }] of features.entries()) {
            expectShape(shape, image.shape, strides[index], channels[index]);
          }
          const [, height, width] = image.shape;
          // Every network gives a mask.
          const mask = engine.tf.image.resizeBilinear(engine.tf.mean<tfc.Tensor4D>(features[0], 3, true), [
            height,
            width,
          ]);
          return { mask, ...Object.fromEntries(named) };
        },
        dispose() {
          for (const { variable } of parameters.values()) variable.dispose();
        },
      };
    },
  };
}

function expectShape(
  found: readonly number[],
  [samples, height, width]: readonly number[],
  stride: number,
  channels: number,
): void {
  const wanted = [samples, height / stride, width / stride, channels].join(", ");
  if (found.join(", ") !== wanted) broken(`a feature [${wanted}] at stride ${stride}`, `[${found.join(", ")}]`);
}
