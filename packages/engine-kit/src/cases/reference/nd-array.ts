/** Values in float64, row-major. */
export interface NdArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** @param value Of the index along each axis. */
export function build(shape: readonly number[], value: (index: readonly number[]) => number): NdArray {
  const data = new Float64Array(sizeOf(shape));
  const index = new Array<number>(shape.length).fill(0);
  for (let flat = 0; flat < data.length; flat++) {
    data[flat] = value(index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]++;
      if (index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
  return { shape, data };
}

export function at({ shape, data }: NdArray, ...index: readonly number[]): number {
  let flat = 0;
  for (let axis = 0; axis < shape.length; axis++) flat = flat * shape[axis] + index[axis];
  return data[flat];
}

export function map(x: NdArray, value: (v: number) => number): NdArray {
  return { shape: x.shape, data: x.data.map(value) };
}

/** With numpy's broadcasting. */
export function combine(a: NdArray, b: NdArray, value: (a: number, b: number) => number): NdArray {
  const rank = Math.max(a.shape.length, b.shape.length);
  const padded = (x: NdArray): NdArray => ({ ...x, shape: [...new Array(rank - x.shape.length).fill(1), ...x.shape] });
  const [left, right] = [padded(a), padded(b)];
  const shape = left.shape.map((size, axis) => Math.max(size, right.shape[axis]));
  const pick = (x: NdArray, index: readonly number[]) =>
    at(x, ...index.map((i, axis) => (x.shape[axis] === 1 ? 0 : i)));
  return build(shape, (index) => value(pick(left, index), pick(right, index)));
}

/** Folds the axes away (kept as size 1). */
export function fold(
  x: NdArray,
  axes: readonly number[],
  start: number,
  step: (sum: number, value: number) => number,
): NdArray {
  const shape = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const data = new Float64Array(sizeOf(shape)).fill(start);
  const result = { shape, data };
  let flat = 0;
  build(x.shape, (index) => {
    let target = 0;
    for (let axis = 0; axis < shape.length; axis++)
      target = target * shape[axis] + (shape[axis] === 1 ? 0 : index[axis]);
    data[target] = step(data[target], x.data[flat]);
    flat++;
    return 0;
  });
  return result;
}

export function sum(x: NdArray, axes: readonly number[] = x.shape.map((_, axis) => axis)): NdArray {
  return fold(x, axes, 0, (total, value) => total + value);
}

export function mean(x: NdArray, axes: readonly number[] = x.shape.map((_, axis) => axis)): NdArray {
  const total = sum(x, axes);
  return map(total, (value) => (value * total.data.length) / x.data.length);
}

export const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));
