/** A map of confidences, row-major, 0…1. */
export interface ProbabilityMap {
  readonly width: number;
  readonly height: number;
  readonly probability: Float32Array;
  /** 0…1: that there is foreground at all, where a network says so by an output of its own. */
  readonly presence?: number;
}

/** Of an image's pixels: what a few specks of noise do not reach. */
const SUREST = 0.01;

/**
 * How sure a network is that there is foreground at all, 0…1: what it says by the output `imageLevel`, else the confidence
 * that the surest hundredth of the pixels has at least. Of patches without tumour it tells more than how much of them is
 * painted: false paint is large, but seldom sure of itself.
 */
export function presenceOf({ presence, probability }: ProbabilityMap): number {
  if (presence !== undefined) return presence;
  const sorted = probability.slice().sort();
  return sorted[sorted.length - Math.ceil(SUREST * sorted.length)];
}
