import { type ColourMoments, colourMoments } from "./colour-moments.js";
import { dot, REFERENCE_STAINS, type StainMatrix, type StainVector } from "./stain-matrix.js";
import type { WeightedColours } from "./weighted-colours.js";

export interface LearnedDictionary {
  readonly atoms: StainMatrix;
  /** Weighted mean of each atom's squared coefficient: 0 where an atom is not used. */
  readonly usage: readonly [number, number];
  readonly rounds: number;
}

export interface DictionaryLearningOptions {
  /** Weight of the L1 term; 0.1 in the paper's code. */
  readonly lambda?: number;
  /** Ends when no entry of the atoms moves more than this in a round. */
  readonly tolerance?: number;
  readonly maxRounds?: number;
  readonly start?: StainMatrix;
}

/** Groups of four colours that a first, rough pass skips for one that it takes. */
const COARSE_STEP = 16;

/** Single precision settles within this. */
const SETTLED = 1e-6;

/**
 * Two-atom sparse non-negative dictionary learning (Vahadane 2016, eq. 5): min over D and α of
 * mean[½‖x − Dα‖² + λ‖α‖₁], α ≥ 0, D ≥ 0, ‖d‖ ≤ 1. Full-batch alternation: α in closed form, then one block-coordinate
 * step for each atom (Mairal 2010). It reaches the same minimum from every start, so a pass over every 16th colour
 * first only saves time. Sums over colours are taken in single precision by the kernel, and by blocks in double.
 */
export function learnTwoAtoms(colours: WeightedColours, options: DictionaryLearningOptions = {}): LearnedDictionary {
  const { lambda = 0.1, tolerance = SETTLED, maxRounds = 2000, start = REFERENCE_STAINS } = options;
  const measure = colourMoments(colours);
  const coarse =
    colours.count >= 64 * COARSE_STEP
      ? alternate((atoms) => measure(atoms, lambda, COARSE_STEP), start, 1e-5, maxRounds).atoms
      : start;
  return alternate((atoms) => measure(atoms, lambda, 1), coarse, tolerance, maxRounds);
}

/**
 * Ends when no entry of the atoms moves more than `tolerance` in a round. Rounds converge linearly: after every two, a
 * squared extrapolation (Varadhan & Roland, 2008) leaps ahead, and is taken back where the next round moves farther.
 */
export function alternate(
  measure: (atoms: StainMatrix) => ColourMoments,
  start: StainMatrix,
  tolerance: number,
  maxRounds: number,
): LearnedDictionary {
  let usage: [number, number] = [0, 0];
  let rounds = 0;
  const round = (atoms: StainMatrix) => {
    const moments = measure(atoms);
    usage = [moments.coefficients[0], moments.coefficients[2]];
    rounds++;
    return improve(atoms, moments);
  };
  let from = start;
  let safe: { readonly atoms: StainMatrix; readonly moved: number } | undefined;
  for (;;) {
    const first = round(from);
    const moved = movedBetween(from, first);
    if (safe && moved > safe.moved) {
      from = safe.atoms;
      safe = undefined;
      continue;
    }
    if (moved <= tolerance || rounds >= maxRounds || isDegenerate(first)) return { atoms: first, usage, rounds };
    const second = round(first);
    const movedNext = movedBetween(first, second);
    if (movedNext <= tolerance || rounds >= maxRounds || isDegenerate(second)) return { atoms: second, usage, rounds };
    safe = { atoms: second, moved: movedNext };
    from = leap(from, first, second);
  }
}

function movedBetween(a: StainMatrix, b: StainMatrix): number {
  return Math.max(distance(a[0], b[0]), distance(a[1], b[1]));
}

/** Atoms that point the same way: no coefficients can be told apart any more. */
function isDegenerate([a, b]: StainMatrix): boolean {
  return dot(a, a) * dot(b, b) - dot(a, b) ** 2 < 1e-9;
}

/** From three successive atoms: start − 2s·r + s²·v with r the first step, v the change of the step, s = −|r|/|v|. */
function leap(start: StainMatrix, first: StainMatrix, second: StainMatrix): StainMatrix {
  const x0 = start.flat();
  const r = first.flat().map((x1, k) => x1 - x0[k]);
  const v = second.flat().map((x2, k) => x2 - x0[k] - 2 * r[k]);
  const change = Math.hypot(...v);
  if (change === 0) return second;
  const s = -Math.max(1, Math.hypot(...r) / change);
  const x = x0.map((entry, k) => entry - 2 * s * r[k] + s * s * v[k]);
  return [bounded(x.slice(0, 3)), bounded(x.slice(3))];
}

const UNUSED = 1e-12;

function improve([a, b]: StainMatrix, { coefficients, cross }: ColourMoments): StainMatrix {
  const [aa, ab, bb] = coefficients;
  const first = aa > UNUSED ? bounded([0, 1, 2].map((k) => a[k] + (cross[k] - a[k] * aa - b[k] * ab) / aa)) : a;
  const second =
    bb > UNUSED ? bounded([0, 1, 2].map((k) => b[k] + (cross[3 + k] - first[k] * ab - b[k] * bb) / bb)) : b;
  return [first, second];
}

function bounded(vector: readonly number[]): StainVector {
  const [r, g, b] = vector.map((entry) => Math.max(0, entry));
  const scale = Math.max(1, Math.sqrt(r * r + g * g + b * b));
  return [r / scale, g / scale, b / scale];
}

function distance(a: StainVector, b: StainVector): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}
