import { dot, REFERENCE_STAINS, type StainMatrix, type StainVector } from "./stain-matrix.js";
import { twoAtomLasso } from "./two-atom-lasso.js";
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

const COARSE_STEP = 16;

/**
 * Two-atom sparse non-negative dictionary learning (Vahadane 2016, eq. 5): min over D and α of
 * mean[½‖x − Dα‖² + λ‖α‖₁], α ≥ 0, D ≥ 0, ‖d‖ ≤ 1. Full-batch alternation: α in closed form, then one block-coordinate
 * step for each atom (Mairal 2010). It reaches the same minimum from every start, so a pass over every 16th colour
 * first only saves time.
 */
export function learnTwoAtoms(colours: WeightedColours, options: DictionaryLearningOptions = {}): LearnedDictionary {
  const { lambda = 0.1, tolerance = 1e-7, maxRounds = 2000, start = REFERENCE_STAINS } = options;
  const coarse =
    colours.count >= 64 * COARSE_STEP ? alternate(colours, COARSE_STEP, start, lambda, 1e-5, maxRounds).atoms : start;
  return alternate(colours, 1, coarse, lambda, tolerance, maxRounds);
}

interface Moments {
  /** Weighted means of α₁², α₁α₂, α₂². */
  readonly coefficients: Float64Array;
  /** Weighted means of x·α₁, x·α₂. */
  readonly cross: Float64Array;
}

function alternate(
  colours: WeightedColours,
  step: number,
  start: StainMatrix,
  lambda: number,
  tolerance: number,
  maxRounds: number,
): LearnedDictionary {
  const moments: Moments = { coefficients: new Float64Array(3), cross: new Float64Array(6) };
  let atoms = start;
  let rounds = 0;
  let moved = Number.POSITIVE_INFINITY;
  while (rounds < maxRounds && moved > tolerance) {
    measure(colours, step, atoms, lambda, moments);
    const next = improve(atoms, moments);
    moved = Math.max(distance(atoms[0], next[0]), distance(atoms[1], next[1]));
    atoms = next;
    rounds++;
    if (dot(atoms[0], atoms[0]) * dot(atoms[1], atoms[1]) - dot(atoms[0], atoms[1]) ** 2 < 1e-9) break;
  }
  return { atoms, usage: [moments.coefficients[0], moments.coefficients[2]], rounds };
}

function measure(colours: WeightedColours, step: number, atoms: StainMatrix, lambda: number, into: Moments): void {
  const { red, green, blue, weight, count } = colours;
  const lasso = twoAtomLasso(atoms, lambda);
  const [p0, p1, p2] = lasso.first;
  const [q0, q1, q2] = lasso.second;
  const { firstOffset, secondOffset, firstShare, secondShare } = lasso;
  let total = 0;
  let aa = 0;
  let ab = 0;
  let bb = 0;
  let ra = 0;
  let ga = 0;
  let ba = 0;
  let rb = 0;
  let gb = 0;
  let bB = 0;
  for (let i = 0; i < count; i += step) {
    const r = red[i];
    const g = green[i];
    const b = blue[i];
    let u = p0 * r + p1 * g + p2 * b + firstOffset;
    let v = q0 * r + q1 * g + q2 * b + secondOffset;
    if (u < 0) {
      v += secondShare * u;
      u = 0;
      if (v < 0) v = 0;
    } else if (v < 0) {
      u += firstShare * v;
      v = 0;
      if (u < 0) u = 0;
    }
    const w = weight[i];
    const wu = w * u;
    const wv = w * v;
    total += w;
    aa += wu * u;
    ab += wu * v;
    bb += wv * v;
    ra += wu * r;
    ga += wu * g;
    ba += wu * b;
    rb += wv * r;
    gb += wv * g;
    bB += wv * b;
  }
  into.coefficients.set([aa / total, ab / total, bb / total]);
  into.cross.set([ra / total, ga / total, ba / total, rb / total, gb / total, bB / total]);
}

const UNUSED = 1e-12;

function improve([a, b]: StainMatrix, { coefficients, cross }: Moments): StainMatrix {
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
