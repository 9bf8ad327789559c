import type { Handle } from "../addon.js";
import type { Libtorch } from "../libtorch.js";

/** Gradients that are next to nothing beside the others are compared with this share of the largest. */
const FLOOR = 1e-3;

/**
 * How far two lists of tensors are apart.
 * @returns The largest ‖actual − expected‖ / (‖expected‖ + 10⁻³ · the largest ‖expected‖) of all pairs; NaN where a value is none.
 */
export function disagreement(torch: Libtorch, expected: readonly Handle[], actual: readonly Handle[]): number {
  if (expected.length !== actual.length) return Number.POSITIVE_INFINITY;
  if (expected.length === 0) return 0;
  const { addon } = torch;
  addon.beginScope();
  try {
    const [wanted, found] = [expected, actual].map((list) => list.map((each) => torch.to(each, "float32")));
    const sizes = norms(torch, wanted);
    const distances = norms(torch, torch.calls("_foreach_sub.List", found, wanted));
    const floor = FLOOR * sizes.reduce((largest, size) => Math.max(largest, size), 0);
    // Equal zeros are at no distance, whatever the floor is.
    return distances.reduce(
      (worst, distance, i) => Math.max(worst, distance === 0 ? 0 : distance / (sizes[i] + floor)),
      0,
    );
  } finally {
    addon.endScope([]);
  }
}

function norms(torch: Libtorch, tensors: readonly Handle[]): Float32Array {
  return torch.read(torch.call("stack", torch.calls("_foreach_norm.Scalar", tensors, 2))) as Float32Array;
}
