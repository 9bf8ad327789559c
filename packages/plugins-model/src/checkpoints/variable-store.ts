import { EosinError } from "@eosin/plugin-api";
import type { Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

type Variables = ReadonlyMap<string, tfc.Variable>;

/** Values of variables by name, in the variables' own order: copies on the host. */
export type VariableValues = ReadonlyMap<string, Float32Array>;

export async function captureVariables(variables: Variables): Promise<VariableValues> {
  const values = new Map<string, Float32Array>();
  // Some engines hand out the storage itself, which later steps overwrite.
  for (const [name, variable] of variables) values.set(name, new Float32Array(await variable.data<"float32">()));
  return values;
}

/** @throws EosinError `STATE_MISMATCH` where names or sizes differ; nothing is changed then. */
export function restoreVariables(tf: Tf, variables: Variables, values: VariableValues): void {
  const wrong = [...variables].find(([name, { size }]) => values.get(name)?.length !== size)?.[0];
  const stray = [...values.keys()].find((name) => !variables.has(name));
  if (wrong !== undefined || stray !== undefined) {
    throw new EosinError({
      code: "STATE_MISMATCH",
      message: "A saved state belongs to another network.",
      place: wrong ?? stray,
      expected: `${variables.size} variables`,
      found: `${values.size}`,
      next: "Start this step over with --fresh.",
    });
  }
  for (const [name, variable] of variables) {
    const saved = tf.tensor(values.get(name)!, variable.shape, "float32");
    variable.assign(saved);
    saved.dispose();
  }
}
