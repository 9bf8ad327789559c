import type { Rng } from "@eosin/plugin-api";
import { reserve } from "../kernels/augment-kernels.js";
import { drawState, STATE_BYTES } from "../kernels/random-state.js";
import { splineWeights } from "./spline-weights.js";

/** A smooth random field by its nodes: between them it is a uniform cubic B-spline. */
export interface SmoothField {
  /** Row by row, three more each way than there are cells. */
  readonly nodes: Float32Array;
  readonly columns: number;
  readonly rows: number;
  /** The greatest distance from 0 of a node; the field goes nowhere beyond. */
  readonly most: number;
}

/** A Gaussian is cut where it is beyond so many deviations. */
const TRUNCATE = 4;
/** A uniform cubic B-spline smooths as a Gaussian of this variance does, in squared distances of nodes. */
const SPLINE_VARIANCE = 1 / 3;

/** How far apart nodes are, in pixels: a Gaussian of at least this deviation has nothing finer. */
export function nodeSpacing(sigma: number): number {
  return Math.max(1, Math.floor(sigma));
}

/**
 * White noise smoothed by a Gaussian of `sigma` pixels, scaled to a standard deviation of 1: at nodes by what the spline
 * does not smooth by itself. The nodes are that many pixels apart that this loses nothing.
 */
export function smoothField(width: number, height: number, sigma: number, rng: Rng): SmoothField {
  const spacing = nodeSpacing(sigma);
  const weights = nodeWeights(sigma / spacing);
  const radius = weights.length - 1;
  const columns = Math.ceil(width / spacing) + 3;
  const rows = Math.ceil(height / spacing) + 3;
  const noiseColumns = columns + 2 * radius;
  const noiseRows = rows + 2 * radius;
  const { kernels, at } = reserve({ state: STATE_BYTES, noise: 4 * noiseColumns * noiseRows });
  drawState(kernels, at.state, rng);
  kernels.run.normals(at.state, at.noise, noiseColumns * noiseRows);
  const noise = kernels.floats.subarray(at.noise >> 2, (at.noise >> 2) + noiseColumns * noiseRows);
  const along = new Float32Array(columns * noiseRows);
  filter(noise, noiseColumns, 1, along, columns, noiseRows, weights);
  const nodes = new Float32Array(columns * rows);
  filter(along, columns, columns, nodes, columns, rows, weights);
  const scale = 1 / fieldVariance(weights, spacing);
  let most = 0;
  for (let i = 0; i < nodes.length; i++) {
    nodes[i] *= scale;
    most = Math.max(most, Math.abs(nodes[i]));
  }
  return { nodes, columns, rows, most };
}

/** By distance from the middle, in nodes. @param deviation Of the Gaussian, in distances of nodes; 1 at least. */
function nodeWeights(deviation: number): Float64Array {
  const own = Math.sqrt(deviation * deviation - SPLINE_VARIANCE);
  const heights = Float64Array.from({ length: Math.ceil(TRUNCATE * own) + 1 }, (_, d) =>
    Math.exp((-d * d) / (2 * own * own)),
  );
  const total = heights.reduce((sum, height) => sum + 2 * height, -heights[0]);
  return heights.map((height) => height / total);
}

/** Of the field that unit noise gives along one axis: of both, it is the square; so this is the field's deviation. */
function fieldVariance(weights: Float64Array, spacing: number): number {
  const radius = weights.length - 1;
  const reach = new Float64Array(2 * radius + 4);
  let sum = 0;
  for (let phase = 0; phase < spacing; phase++) {
    const spline = splineWeights(phase / spacing);
    reach.fill(0);
    for (let node = 0; node < 4; node++) {
      for (let d = -radius; d <= radius; d++) reach[node + radius + d] += spline[node] * weights[Math.abs(d)];
    }
    for (let i = 0; i < reach.length; i++) sum += reach[i] * reach[i];
  }
  return sum / spacing;
}

/** @param step From a value to the next one along the filtered axis, in `from`. */
function filter(
  from: Float32Array,
  fromColumns: number,
  step: number,
  to: Float32Array,
  columns: number,
  rows: number,
  weights: Float64Array,
): void {
  const radius = weights.length - 1;
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0, middle = y * fromColumns + radius * step; x < columns; x++, middle++, at++) {
      let sum = weights[0] * from[middle];
      for (let d = 1; d <= radius; d++) sum += weights[d] * (from[middle - d * step] + from[middle + d * step]);
      to[at] = sum;
    }
  }
}
