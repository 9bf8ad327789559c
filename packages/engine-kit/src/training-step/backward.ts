import { EosinError } from "@eosin/plugin-api";
import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { disposeSaved, type TapeNode } from "../tape.js";

/** Gradients by the id of the tensor that they belong to. */
export type GradientMap = Map<number, Tensor>;

/**
 * Reverse-mode differentiation over a recorded tape. Each node's saved tensors and its outputs' gradients are freed as
 * soon as its inputs' gradients are there, so that the peak is near the end of the forward pass.
 * @param seed ∂/∂loss; consumed.
 * @param gradients Receives (adds to) the gradients of `variables`.
 * @throws EosinError `KERNEL_WITHOUT_GRADIENT`, `WRONG_GRADIENT`; the tape's saved tensors are then still the caller's to free.
 */
export function backward(
  tf: Tf,
  tape: readonly TapeNode[],
  loss: Tensor,
  seed: Tensor,
  variables: ReadonlySet<Variable>,
  gradients: GradientMap,
): void {
  const differentiable = tensorsThatDependOn(variables, tape);
  gradients.set(loss.id, seed);
  try {
    for (let i = tape.length - 1; i >= 0; i--) {
      const node = tape[i];
      if (node.outputs.some((output) => gradients.has(output.id))) propagate(tf, node, differentiable, gradients);
      disposeSaved(node);
      for (const output of node.outputs) {
        gradients.get(output.id)?.dispose();
        gradients.delete(output.id);
      }
    }
  } catch (error) {
    for (const gradient of gradients.values()) gradient.dispose();
    gradients.clear();
    throw error;
  }
}

function tensorsThatDependOn(variables: ReadonlySet<Variable>, tape: readonly TapeNode[]): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const variable of variables) ids.add(variable.id);
  for (const { inputs, outputs } of tape) {
    for (const name in inputs) {
      if (!ids.has(inputs[name].id)) continue;
      // Through truth values and indices nothing flows back.
      for (const output of outputs) if (output.dtype === "float32") ids.add(output.id);
      break;
    }
  }
  return ids;
}

function propagate(tf: Tf, node: TapeNode, differentiable: ReadonlySet<number>, gradients: GradientMap): void {
  const names = Object.keys(node.inputs).filter((name) => differentiable.has(node.inputs[name].id));
  if (names.length === 0) return;
  const { gradient, kernelName } = node;
  if (!gradient) {
    throw new EosinError({
      code: "KERNEL_WITHOUT_GRADIENT",
      message: `A trainable variable is before the tfjs kernel ${kernelName}, which has no gradient.`,
      next: `Express the network or the loss without ${kernelName}, or give it a gradient with tf.customGrad.`,
    });
  }
  const outputGradients = node.outputs.map((output) => gradients.get(output.id) as Tensor);
  // One scope for all inputs: gradients that share work compute it once, and what they leave behind is freed.
  const inputGradients = tf.tidy(() => {
    const byInput = gradient(outputGradients);
    const scope = tf.engine().state.activeScope.id;
    const taken = new Set<Tensor>();
    return names.map((name) => {
      const thunk = byInput[name];
      if (!thunk) throw wrongGradient(kernelName, `a gradient of the input ${name}`, Object.keys(byInput).join(", "));
      const value = thunk();
      // Some gradients hand on a tensor that they were given; each entry of the map must be its own.
      const result = value.scopeId === scope && !taken.has(value) ? value : tf.clone(value);
      taken.add(result);
      return result;
    });
  });
  for (const [index, name] of names.entries()) {
    accumulate(tf, node.inputs[name], inputGradients[index], kernelName, gradients);
  }
}

function accumulate(tf: Tf, input: Tensor, gradient: Tensor, kernelName: string, gradients: GradientMap): void {
  if (gradient.dtype !== "float32" || !tf.util.arraysEqual(gradient.shape, input.shape)) {
    throw wrongGradient(kernelName, `float32 (${input.shape})`, `${gradient.dtype} (${gradient.shape})`);
  }
  const earlier = gradients.get(input.id);
  if (!earlier) {
    gradients.set(input.id, gradient);
    return;
  }
  gradients.set(input.id, tf.add(earlier, gradient));
  earlier.dispose();
  gradient.dispose();
}

function wrongGradient(kernelName: string, expected: string, found: string): EosinError {
  return new EosinError({
    code: "WRONG_GRADIENT",
    message: `The gradient of the tfjs kernel ${kernelName} does not fit its input.`,
    expected,
    found,
    next: `Express the network or the loss without ${kernelName}, or give it a gradient with tf.customGrad.`,
  });
}
