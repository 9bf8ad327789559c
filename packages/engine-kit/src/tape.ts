import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";

/** A kernel call as tfjs records it. */
export type TapeNode = NonNullable<ReturnType<Tf["engine"]>["state"]["activeTape"]>[number];

/** Whatever tfjs pushes recorded kernel calls to. */
export interface TapeRecorder {
  push(node: TapeNode): unknown;
}

/**
 * Runs `compute` with tfjs's tape recording into `recorder`. Tensors made inside are freed, but for the result and what
 * the nodes saved for their gradients (whose owner is the recorder).
 */
export function record<Result extends { readonly [name: string]: Tensor }>(
  tf: Tf,
  recorder: TapeRecorder,
  compute: () => Result,
): Result {
  const { state } = tf.engine();
  const outer = state.activeTape;
  state.activeTape = recorder as TapeNode[];
  state.gradientDepth++;
  try {
    return tf.tidy(compute as () => never) as Result;
  } finally {
    state.gradientDepth--;
    state.activeTape = outer;
  }
}

/** As `record`, where nobody will ask tfjs for gradients: it saves no tensors for them. */
export function watch<Result extends { readonly [name: string]: Tensor }>(
  tf: Tf,
  recorder: TapeRecorder,
  compute: () => Result,
): Result {
  const engine = tf.engine() as unknown as { saveTensorsForBackwardMode?: unknown };
  // A property of its own hides the method.
  engine.saveTensorsForBackwardMode = () => [];
  try {
    return record(tf, recorder, compute);
  } finally {
    delete engine.saveTensorsForBackwardMode;
  }
}

/** Also what `tf.customGrad` saved, which does so by itself. */
export function disposeSaved(node: TapeNode): void {
  for (const tensor of node.saved ?? []) tensor.dispose();
}
