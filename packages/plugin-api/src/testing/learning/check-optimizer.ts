import type * as tfc from "@tensorflow/tfjs-core";
import type { DefinitionOf } from "../../component.js";
import type { Engine } from "../../learning/engine.js";
import type { AttachedOptimizer, Optimizer } from "../../learning/optimizer.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type CheckReport } from "../checklist.js";
import { firstDifference } from "../patches/copy-sample.js";

/** What {@link checkOptimizer} takes beside the definition. */
export interface OptimizerCheck extends CheckedWith {
  /** What computes: `await openEngine(…)` of `@eosin/engine`. */
  readonly engine: Engine;
}

const start = { a: [1, -2, 0.5], b: [0.3] };
const curvature = { a: [1, 3, 0.2], b: [2] };

/**
 * Tests what an optimizer promises: it descends; a training that is broken off and continued from its state gives the
 * same weights; it frees what it made.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkOptimizer(definition: DefinitionOf<Optimizer>, how: OptimizerCheck): Promise<CheckReport> {
  const { engine } = how;
  const list = await checkDefinition(definition, ["optimizer"], how);
  const { it } = await buildComponent(definition, how);

  await list.check("its learning rate is a positive number", () => {
    if (!(it.learningRate > 0 && Number.isFinite(it.learningRate))) broken("a number above 0", String(it.learningRate));
  });
  await list.check("it descends", async () => {
    const bowl = new Bowl(engine, it);
    const before = bowl.height();
    bowl.steps(1, 60);
    const after = bowl.height();
    bowl.dispose();
    if (!(after < before)) broken(`a value below ${before}`, String(after));
  });
  await list.check("a training that is continued from its state gives the same weights", async () => {
    const [whole, first] = [new Bowl(engine, it), new Bowl(engine, it)];
    whole.steps(1, 10);
    first.steps(1, 5);
    const second = new Bowl(engine, it, first);
    second.steps(6, 10);
    const at = firstDifference(whole.weights(), second.weights());
    const found = `${second.weights().join(", ")} instead of ${whole.weights().join(", ")}`;
    for (const bowl of [whole, first, second]) bowl.dispose();
    if (at !== undefined) broken("equal weights", found, "Keep all that updates depend on in `state`.");
  });
  await list.check("it frees what it made", () => {
    const before = engine.tf.memory().numTensors;
    const bowl = new Bowl(engine, it);
    bowl.steps(1, 3);
    bowl.dispose();
    const after = engine.tf.memory().numTensors;
    if (after !== before) broken(`${before} tensors`, String(after), "Wrap updates in tf.tidy, and dispose the state.");
  });
  return list.report();
}

/** ½·Σ curvature·w², with its minimum at 0. */
class Bowl {
  readonly #engine: Engine;
  readonly #optimizer: Optimizer;
  readonly #variables: ReadonlyMap<string, tfc.Variable>;
  readonly #attached: AttachedOptimizer;

  /** @param from Another whose weights and state it starts with. */
  constructor(engine: Engine, optimizer: Optimizer, from?: Bowl) {
    this.#engine = engine;
    this.#optimizer = optimizer;
    const { tf } = engine;
    this.#variables = new Map(
      Object.entries(start).map(([name, values]) => {
        const value = tf.tensor1d(from ? [...from.#variables.get(name)!.dataSync()] : values);
        const variable = tf.variable(value);
        value.dispose();
        return [name, variable];
      }),
    );
    this.#attached = optimizer.attach(engine, this.#variables);
    for (const [name, variable] of from ? from.#attached.state : []) {
      const own =
        this.#attached.state.get(name) ?? broken(`a state ${name}`, [...this.#attached.state.keys()].join(", "));
      own.assign(variable);
    }
  }

  steps(from: number, to: number): void {
    const { tf } = this.#engine;
    for (let step = from; step <= to; step++) {
      const gradients = new Map(
        Object.entries(curvature).map(([name, scale]) => [
          name,
          tf.tidy(() => tf.mul(this.#variables.get(name)!, tf.tensor1d(scale))),
        ]),
      );
      this.#attached.update(gradients, { step, learningRate: this.#optimizer.learningRate });
      for (const gradient of gradients.values()) gradient.dispose();
    }
  }

  weights(): number[] {
    return [...this.#variables.values()].flatMap((variable) => [...variable.dataSync()]);
  }

  height(): number {
    const scales = Object.values(curvature).flat();
    return this.weights().reduce((sum, weight, i) => sum + 0.5 * scales[i] * weight * weight, 0);
  }

  dispose(): void {
    this.#attached.dispose();
    for (const variable of this.#variables.values()) variable.dispose();
  }
}
