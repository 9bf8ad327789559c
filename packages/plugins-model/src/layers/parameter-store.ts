import type { Rng } from "@eosin/plugin-api";
import type { Engine, Initializer, NetworkParameter, NewParameter, ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

/** The parameters of a network while it is put together. Initial values depend on (seed, name) alone. */
export class ParameterStore implements ParameterBuilder {
  readonly prefix = "";
  readonly parameters = new Map<string, NetworkParameter>();

  constructor(
    readonly engine: Engine,
    readonly rng: Rng,
  ) {}

  /** The same store for a part of the network, whose names it begins with `prefix`. */
  under(prefix: string): ParameterBuilder {
    return { engine: this.engine, prefix, add: (name, parameter) => this.add(prefix + name, parameter) };
  }

  /** @throws Error where a parameter has this name. */
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
