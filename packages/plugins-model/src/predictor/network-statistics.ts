import type { Engine, Network } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { captureVariables, restoreVariables, type VariableValues } from "../checkpoints/variable-store.js";
import type { InputNormalization } from "../inputs/input-normalization.js";
import { evaluationContext } from "../inputs/random-feeds.js";
import type { WindowBatch } from "./window-batches.js";

/**
 * The statistics that a network's batch normalisations go by: training's, and mixtures of these with those of images that
 * are predicted (Nado et al. 2020; Schneider et al. 2020).
 */
export class NetworkStatistics {
  readonly #engine: Engine;
  readonly #network: Network;
  readonly #normalization: InputNormalization;
  readonly #kept: ReadonlyMap<string, tfc.Variable>;
  #trained?: VariableValues;

  constructor(engine: Engine, network: Network, normalization: InputNormalization) {
    this.#engine = engine;
    this.#network = network;
    this.#normalization = normalization;
    const kept = [...network.parameters].filter(([, { trainable }]) => !trainable);
    this.#kept = new Map(kept.map(([name, { variable }]) => [name, variable]));
  }

  /**
   * Lets the network go by a mixture: of each batch the statistics are taken while it is normalised by its own, and their
   * mean, weighted by images, gets the share; training's get the rest.
   */
  async mix(batches: AsyncIterable<WindowBatch>, share: number): Promise<void> {
    this.restore();
    const trained = await captureVariables(this.#kept);
    this.#trained = trained;
    const sums = new Map([...trained].map(([name, { length }]) => [name, new Float64Array(length)]));
    const { tf } = this.#engine;
    const step = this.#engine.evaluationStep(({ rgb }) => {
      const image = this.#normalization.apply(rgb as tfc.Tensor4D);
      const context = { ...evaluationContext, batchStatistics: { momentum: 1 } };
      return { through: tf.mean(this.#network.forward(image, context).mask) };
    });
    let images = 0;
    for await (const { images: data, count, height, width } of batches) {
      await step.run({ rgb: { data, shape: [count, height, width, 3] } });
      images += count;
      for (const [name, values] of await captureVariables(this.#kept)) {
        const sum = sums.get(name) as Float64Array;
        for (let i = 0; i < sum.length; i++) sum[i] += count * values[i];
      }
    }
    const mixed = [...trained].map(([name, values]): [string, Float32Array] => {
      const sum = sums.get(name) as Float64Array;
      const mean = (i: number) => (images === 0 ? values[i] : sum[i] / images);
      return [name, values.map((value, i) => (1 - share) * value + share * mean(i))];
    });
    restoreVariables(tf, this.#kept, new Map(mixed));
  }

  /** Lets the network go by training's again. */
  restore(): void {
    if (this.#trained) restoreVariables(this.#engine.tf, this.#kept, this.#trained);
    this.#trained = undefined;
  }
}
