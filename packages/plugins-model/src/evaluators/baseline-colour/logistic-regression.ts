/** Rows of features (row-major) with their labels, 0/1. */
export interface LabelledRows {
  readonly features: Float64Array;
  readonly labels: Uint8Array;
  readonly columns: number;
}

export interface LogisticFit {
  readonly weights: Float64Array;
  readonly iterations: number;
  /** Mean negative log-likelihood, penalty included. */
  readonly loss: number;
}

/** Keeps weights finite where the classes can be separated. */
const RIDGE = 1e-6;
const MAX_ITERATIONS = 100;

/**
 * Logistic regression by Newton's method (iteratively reweighted least squares) in double precision: minimises the mean
 * negative log-likelihood + ½·10⁻⁶·|w|². Steps are halved until they descend, so that it cannot diverge.
 */
export function fitLogistic(rows: LabelledRows): LogisticFit {
  let weights = new Float64Array(rows.columns);
  let loss = lossOf(rows, weights);
  let iterations = 0;
  while (iterations < MAX_ITERATIONS) {
    const { gradient, hessian } = derivatives(rows, weights);
    const direction = solveCholesky(hessian, gradient);
    iterations++;
    let scale = 1;
    let candidate = moved(weights, direction, scale);
    let next = lossOf(rows, candidate);
    while (next > loss && scale > 1e-6) {
      scale /= 2;
      candidate = moved(weights, direction, scale);
      next = lossOf(rows, candidate);
    }
    if (next > loss) break;
    const descent = loss - next;
    weights = candidate;
    loss = next;
    if (descent < 1e-12) break;
  }
  return { weights, iterations, loss };
}

function moved(weights: Float64Array, direction: Float64Array, scale: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(weights, (weight, i) => weight - scale * direction[i]);
}

function logitOf(features: Float64Array, start: number, weights: Float64Array): number {
  let logit = 0;
  for (let i = 0; i < weights.length; i++) logit += features[start + i] * weights[i];
  return logit;
}

function lossOf({ features, labels, columns }: LabelledRows, weights: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const logit = logitOf(features, row * columns, weights);
    // log(1 + e^|z|) without overflow
    sum += Math.max(logit, 0) - labels[row] * logit + Math.log1p(Math.exp(-Math.abs(logit)));
  }
  return sum / labels.length + 0.5 * RIDGE * weights.reduce((squares, weight) => squares + weight * weight, 0);
}

function derivatives({ features, labels, columns }: LabelledRows, weights: Float64Array) {
  const gradient = new Float64Array(columns);
  const hessian = new Float64Array(columns * columns);
  for (let row = 0; row < labels.length; row++) {
    const start = row * columns;
    const probability = 1 / (1 + Math.exp(-logitOf(features, start, weights)));
    const residual = probability - labels[row];
    const curvature = probability * (1 - probability);
    for (let i = 0; i < columns; i++) {
      gradient[i] += residual * features[start + i];
      const scaled = curvature * features[start + i];
      for (let j = 0; j <= i; j++) hessian[i * columns + j] += scaled * features[start + j];
    }
  }
  for (let i = 0; i < columns; i++) {
    gradient[i] = gradient[i] / labels.length + RIDGE * weights[i];
    for (let j = 0; j <= i; j++) hessian[i * columns + j] /= labels.length;
    hessian[i * columns + i] += RIDGE;
  }
  return { gradient, hessian };
}

/** Solves A·x = b for a symmetric positive definite A, of which the lower triangle is given (and overwritten). */
function solveCholesky(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j];
    }
    for (let k = 0; k < i; k++) x[i] -= a[i * n + k] * x[k];
    x[i] /= a[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= a[k * n + i] * x[k];
    x[i] /= a[i * n + i];
  }
  return x;
}
