import { loadLanes, storeLanes } from "../lanes";
import { placeImage } from "../place-image";

/** Output pixels, a multiple of four, that meet one panel of weights after the other: their inputs stay cached. */
const PIXELS: i32 = 256;
/** Bytes of the table of addresses: of each pixel's first input and of its output. */
const TABLE_BYTES: usize = <usize>PIXELS << 3;

/** Whether a convolution reads its images as they are: nothing before them, enough behind. */
// @ts-ignore: decorator
@inline
function unpadded(height: i32, width: i32, top: i32, left: i32, seenHeight: i32, seenWidth: i32): bool {
  return top == 0 && left == 0 && seenHeight <= height && seenWidth <= width;
}

/** Bytes of scratch that `conv2d` needs. */
export function conv2dScratchBytes(
  height: i32, width: i32, inChannels: i32, filterHeight: i32, filterWidth: i32, strideHeight: i32, strideWidth: i32,
  top: i32, left: i32, outHeight: i32, outWidth: i32,
): usize {
  const seenHeight = (outHeight - 1) * strideHeight + filterHeight;
  const seenWidth = (outWidth - 1) * strideWidth + filterWidth;
  if (unpadded(height, width, top, left, seenHeight, seenWidth)) return TABLE_BYTES;
  return TABLE_BYTES + (<usize>(seenHeight * seenWidth * inChannels) << 2);
}

/** Bytes of a packed filter: panels of eight output channels, each (filterHeight, filterWidth, inChannels, 8). */
export function packedFilterBytes(taps: i32, outChannels: i32): usize {
  return <usize>(taps * ((outChannels + 7) >> 3)) << 5;
}

/**
 * y[n, oy, ox, o] = bias[o] + Σ x[n, oy·stride + ky − top, ox·stride + kx − left, i] · w[ky, kx, i, o]; with `rectify`
 * 0 where that is negative.
 *
 * x (batch, height, width, inChannels); y by its strides in bytes, so that it may be every second pixel of a tensor.
 * `top` and `left` may be negative: the image is cropped then. So it is, or padded, at its other ends, as sizes demand.
 * Each output is one sum in the order ky, kx, i.
 *
 * @param packed the filter as `packFilter` or `packTurnedFilter` leaves it
 * @param bias address of outChannels floats, or 0
 */
export function conv2d(
  x: usize, packed: usize, bias: usize, y: usize, scratch: usize,
  batch: i32, height: i32, width: i32, inChannels: i32, outChannels: i32, filterHeight: i32, filterWidth: i32,
  strideHeight: i32, strideWidth: i32, top: i32, left: i32, outHeight: i32, outWidth: i32,
  yImage: usize, yRow: usize, yPixel: usize, rectify: bool,
): void {
  const table = scratch;
  const seenHeight = (outHeight - 1) * strideHeight + filterHeight;
  const seenWidth = (outWidth - 1) * strideWidth + filterWidth;
  const direct = unpadded(height, width, top, left, seenHeight, seenWidth);
  const pixelBytes = <usize>inChannels << 2;
  const rowBytes = <usize>(direct ? width : seenWidth) * pixelBytes;
  const rowStep = <usize>strideHeight * rowBytes;
  const pixelStep = <usize>strideWidth * pixelBytes;
  const run = <usize>filterWidth * pixelBytes;
  const panelBytes = (<usize>filterHeight * run) << 3;
  const pixels = outHeight * outWidth;

  for (let n = 0; n < batch; n++, x += <usize>(height * width) * pixelBytes, y += yImage) {
    let image = x;
    if (!direct) {
      image = table + TABLE_BYTES;
      placeImage(x, image, height, width, inChannels, top, left, seenHeight, seenWidth);
    }
    for (let first = 0; first < pixels; first += PIXELS) {
      const count = min(PIXELS, pixels - first);
      fillTable(table, first, count, outWidth, image, rowStep, pixelStep, y, yRow, yPixel);
      const end = table + (<usize>((count + 3) & ~3) << 3);
      let panel = packed;
      for (let channel = 0; channel < outChannels; channel += 8, panel += panelBytes) {
        const lanes = min(8, outChannels - channel);
        for (let entry = table; entry < end; entry += 32) {
          convolveTile(entry, panel, filterHeight, run, rowBytes, bias, channel, lanes, rectify);
        }
      }
    }
  }
}

/**
 * Four pixels by eight output channels: the 4×8 tile of `gemm-tile.ts`, reading its four rows where they lie.
 * The taps of one filter row and their channels are neighbours in memory: `run` bytes.
 */
// @ts-ignore: decorator
@inline
function convolveTile(
  entry: usize, b: usize, filterHeight: i32, run: usize, rowBytes: usize, bias: usize, channel: i32, lanes: i32,
  rectify: bool,
): void {
  const column = <usize>channel << 2;
  const lowLanes = min(4, lanes);
  const highLanes = lanes - 4;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  if (bias != 0) {
    c00 = loadLanes(bias + column, lowLanes);
    if (highLanes > 0) c01 = loadLanes(bias + column + 16, highLanes);
  }
  let c10 = c00;
  let c11 = c01;
  let c20 = c00;
  let c21 = c01;
  let c30 = c00;
  let c31 = c01;
  let p0 = <usize>load<u32>(entry);
  let p1 = <usize>load<u32>(entry, 8);
  let p2 = <usize>load<u32>(entry, 16);
  let p3 = <usize>load<u32>(entry, 24);
  const skip = rowBytes - run;
  for (let ky = 0; ky < filterHeight; ky++, p0 += skip, p1 += skip, p2 += skip, p3 += skip) {
    for (const end = p0 + run; p0 < end; p0 += 4, p1 += 4, p2 += 4, p3 += 4, b += 32) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const a0 = v128.load32_splat(p0);
      c00 = f32x4.add(c00, f32x4.mul(a0, b0));
      c01 = f32x4.add(c01, f32x4.mul(a0, b1));
      const a1 = v128.load32_splat(p1);
      c10 = f32x4.add(c10, f32x4.mul(a1, b0));
      c11 = f32x4.add(c11, f32x4.mul(a1, b1));
      const a2 = v128.load32_splat(p2);
      c20 = f32x4.add(c20, f32x4.mul(a2, b0));
      c21 = f32x4.add(c21, f32x4.mul(a2, b1));
      const a3 = v128.load32_splat(p3);
      c30 = f32x4.add(c30, f32x4.mul(a3, b0));
      c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    }
  }
  storePixel(<usize>load<u32>(entry, 4) + column, c00, c01, lowLanes, highLanes, rectify);
  storePixel(<usize>load<u32>(entry, 12) + column, c10, c11, lowLanes, highLanes, rectify);
  storePixel(<usize>load<u32>(entry, 20) + column, c20, c21, lowLanes, highLanes, rectify);
  storePixel(<usize>load<u32>(entry, 28) + column, c30, c31, lowLanes, highLanes, rectify);
}

// @ts-ignore: decorator
@inline
function storePixel(y: usize, low: v128, high: v128, lowLanes: i32, highLanes: i32, rectify: bool): void {
  if (rectify) {
    const zero = f32x4.splat(0);
    low = f32x4.pmax(low, zero); // keeps NaN
    high = f32x4.pmax(high, zero);
  }
  storeLanes(y, low, lowLanes);
  if (highLanes > 0) storeLanes(y + 16, high, highLanes);
}

/** Addresses of `count` pixels' first inputs and outputs; the last pixel is repeated to a multiple of four. */
function fillTable(
  table: usize, first: i32, count: i32, outWidth: i32, image: usize, rowStep: usize, pixelStep: usize,
  y: usize, yRow: usize, yPixel: usize,
): void {
  let row = first / outWidth;
  let column = first - row * outWidth;
  const padded = (count + 3) & ~3;
  for (let i = 0; i < padded; i++, table += 8) {
    store<u32>(table, <u32>(image + <usize>row * rowStep + <usize>column * pixelStep));
    store<u32>(table, <u32>(y + <usize>row * yRow + <usize>column * yPixel), 4);
    if (i + 1 < count && ++column == outWidth) {
      column = 0;
      row++;
    }
  }
}
