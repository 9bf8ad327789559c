import { at, build, type NdArray } from "./nd-array.js";

export type Padding = readonly [top: number, bottom: number, left: number, right: number];

function outputSize(padded: number, extent: number, stride: number, dilation: number): number {
  return Math.floor((padded - (extent - 1) * dilation - 1) / stride) + 1;
}

/** Calls `tap` for each input pixel under the window, with its place in the window. */
function window(
  x: NdArray,
  [top, , left]: Padding,
  [height, width]: readonly [number, number],
  stride: number,
  dilation: number,
  [row, column]: readonly [number, number],
  tap: (y: number, x: number, i: number, j: number) => void,
): void {
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const r = row * stride - top + i * dilation;
      const c = column * stride - left + j * dilation;
      if (r >= 0 && r < x.shape[1] && c >= 0 && c < x.shape[2]) tap(r, c, i, j);
    }
  }
}

function outputShape(
  x: NdArray,
  p: Padding,
  extent: readonly [number, number],
  stride: number,
  dilation: number,
  channels: number,
) {
  const [batch, height, width] = x.shape;
  const rows = outputSize(height + p[0] + p[1], extent[0], stride, dilation);
  return [batch, rows, outputSize(width + p[2] + p[3], extent[1], stride, dilation), channels];
}

export function conv2d(x: NdArray, filter: NdArray, stride: number, padding: Padding, dilation = 1): NdArray {
  const [height, width, inputs, outputs] = filter.shape;
  const [, rows, columns] = x.shape;
  return build(outputShape(x, padding, [height, width], stride, dilation, outputs), ([b, row, column, o]) => {
    let total = 0;
    window(x, padding, [height, width], stride, dilation, [row, column], (r, c, i, j) => {
      // Indexed by hand: finite differences call this most.
      const pixel = ((b * rows + r) * columns + c) * inputs;
      const tap = (i * width + j) * inputs * outputs + o;
      for (let k = 0; k < inputs; k++) total += x.data[pixel + k] * filter.data[tap + k * outputs];
    });
    return total;
  });
}

export function depthwiseConv2d(x: NdArray, filter: NdArray, stride: number, padding: Padding, dilation = 1): NdArray {
  const [height, width, channels] = filter.shape;
  return build(outputShape(x, padding, [height, width], stride, dilation, channels), ([b, row, column, k]) => {
    let total = 0;
    window(x, padding, [height, width], stride, dilation, [row, column], (r, c, i, j) => {
      total += at(x, b, r, c, k) * at(filter, i, j, k, 0);
    });
    return total;
  });
}

/** Averages leave the padding out, as tfjs's do. */
export function pool(x: NdArray, kind: "average" | "max", extent: number, stride: number, padding: Padding): NdArray {
  return build(outputShape(x, padding, [extent, extent], stride, 1, x.shape[3]), ([b, row, column, k]) => {
    let total = 0;
    let largest = Number.NEGATIVE_INFINITY;
    let count = 0;
    window(x, padding, [extent, extent], stride, 1, [row, column], (r, c) => {
      const value = at(x, b, r, c, k);
      total += value;
      largest = Math.max(largest, value);
      count++;
    });
    return kind === "max" ? largest : total / count;
  });
}
