import type { Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

/** One moment of every variable: by the variable's name, and by the key under which a checkpoint keeps it. */
export interface MomentState {
  readonly byName: ReadonlyMap<string, tfc.Variable>;
  readonly byKey: ReadonlyMap<string, tfc.Variable>;
}

/** Zeros in the shape of each variable, keyed `moment/<name>`. */
export function zeroState(tf: Tf, moment: string, variables: ReadonlyMap<string, tfc.Variable>): MomentState {
  const byName = new Map<string, tfc.Variable>();
  const byKey = new Map<string, tfc.Variable>();
  for (const [name, variable] of variables) {
    const zeros = tf.zeros(variable.shape);
    const state = tf.variable(zeros, false);
    zeros.dispose();
    byName.set(name, state);
    byKey.set(`${moment}/${name}`, state);
  }
  return { byName, byKey };
}

export function disposeState(...moments: readonly MomentState[]): void {
  for (const moment of moments) for (const variable of moment.byName.values()) variable.dispose();
}
