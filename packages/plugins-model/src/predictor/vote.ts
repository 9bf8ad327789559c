import type { ImagePredictor } from "./image-predictor.js";

/**
 * Lets networks vote: logits are averaged, and so are densities and presence where all members give them. One alone is
 * itself. @param members One at least.
 */
export function vote(members: readonly ImagePredictor[]): ImagePredictor {
  if (members.length === 1) return members[0];
  return {
    async predict(images, shape) {
      const { logits, density, stains, presence } = await members[0].predict(images, shape);
      const sums = { logits: Float64Array.from(logits), density: density && Float64Array.from(density) };
      let present = presence && Float64Array.from(presence);
      let separating = density !== undefined;
      for (const member of members.slice(1)) {
        const other = await member.predict(images, shape);
        add(sums.logits, other.logits);
        separating &&= other.density !== undefined && other.stains === stains;
        if (present && other.presence) add(present, other.presence);
        else present = undefined;
        if (separating && sums.density && other.density) add(sums.density, other.density);
      }
      return {
        logits: mean(sums.logits, members.length),
        ...(separating && sums.density && { density: mean(sums.density, members.length) }),
        stains: separating ? stains : 0,
        ...(present && { presence: mean(present, members.length) }),
      };
    },
    async adapt(batches, share) {
      for (const member of members) await member.adapt(batches, share);
    },
    restore() {
      for (const member of members) member.restore();
    },
    dispose() {
      for (const member of members) member.dispose();
    },
  };
}

function add(sums: Float64Array, values: Float32Array): void {
  for (let i = 0; i < sums.length; i++) sums[i] += values[i];
}

function mean(sums: Float64Array, count: number): Float32Array {
  return Float32Array.from(sums, (sum) => sum / count);
}
