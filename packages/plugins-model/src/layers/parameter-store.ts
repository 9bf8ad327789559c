import type { Rng } from "@eosin/plugin-api";
import type { Engine, NetworkParameter } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import type { Initializer } from "./initializers.js";

export interface NewParameter {
  readonly shape: readonly number[];
  readonly initial: Initializer;
  /** `plain` unless said. */
  readonly layout?: NetworkParameter["layout"];
  /** Whether gradients move it; running statistics and unused weights are not trained. */
  readonly trainable?: boolean;
}

/** The parameters of a network while it is put together. Initial values depend on (seed, name) alone. */
export class ParameterStore {
  readonly parameters = new Map<string, NetworkParameter>();

  constructor(
    readonly engine: Engine,
    readonly rng: Rng,
  ) {}

  add(name: string, { shape, initial, layout = "plain", trainable = true }: NewParameter): tfc.Variable {
    if (this.parameters.has(name)) throw new Error(`Two parameters are called ${name}.`);
    const { tf } = this.engine;
    // The shape engine keeps no values: B7's random ones take seconds, and of other networks not even the room is there.
    const value = this.engine.identity.device === "none" ? tf.fill([...shape], 0) : this.#drawn(name, shape, initial);
    const variable = tf.variable(value, trainable);
    value.dispose();
    this.parameters.set(name, { name, variable, trainable, layout });
    return variable;
  }

  #drawn(name: string, shape: readonly number[], initial: Initializer): tfc.Tensor {
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    initial(values, shape, this.rng.fork(name));
    return this.engine.tf.tensor(values, [...shape], "float32");
  }

  dispose(): void {
    for (const { variable } of this.parameters.values()) variable.dispose();
    this.parameters.clear();
  }
}
