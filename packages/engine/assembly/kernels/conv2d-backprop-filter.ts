import { accumulateTile } from "../gemm-tile";
import { loadLanes } from "../lanes";
import { packColumns } from "./pack-filter";

/** Output pixels that one pass sums, about: a panel of x and one of dy stay in the first-level cache. */
const DEPTH: i32 = 256;
/** Input channels packed at once, in groups of four: they stay in the second-level cache. */
const GROUPS: i32 = 16;
const TILE_BYTES: usize = 4 * 8 * 4;

/** How many output columns, and how many rows of them, one pass sums. */
// @ts-ignore: decorator
@inline
function blockColumns(outWidth: i32): i32 {
  return min(DEPTH, outWidth);
}

// @ts-ignore: decorator
@inline
function blockRows(outHeight: i32, outWidth: i32): i32 {
  return min(outHeight, DEPTH / blockColumns(outWidth));
}

/** Bytes of four channels of the input pixels that a block of output pixels sees. */
// @ts-ignore: decorator
@inline
function windowBytes(
  rows: i32, columns: i32, filterHeight: i32, filterWidth: i32, strideHeight: i32, strideWidth: i32,
): usize {
  return <usize>(((rows - 1) * strideHeight + filterHeight) * ((columns - 1) * strideWidth + filterWidth)) << 4;
}

/** Bytes of scratch that `conv2dBackpropFilter` needs. */
export function conv2dBackpropFilterScratchBytes(
  outHeight: i32, outWidth: i32, outChannels: i32, filterHeight: i32, filterWidth: i32,
  strideHeight: i32, strideWidth: i32,
): usize {
  const columns = blockColumns(outWidth);
  const rows = blockRows(outHeight, outWidth);
  const window = windowBytes(rows, columns, filterHeight, filterWidth, strideHeight, strideWidth);
  return TILE_BYTES + <usize>GROUPS * window + (<usize>(((outChannels + 7) >> 3) * rows * columns) << 5);
}

/**
 * Gradient of a 2-D convolution by its filter, as an implicit matrix product over output pixels p = (n, oy, ox):
 * dw[ky, kx, i, o] = Σ_p x[n, oy·stride − top + ky, ox·stride − left + kx, i] · dy[p, o].
 *
 * NHWC; x (batch, inHeight, inWidth, inChannels), dy (batch, outHeight, outWidth, outChannels),
 * dw (filterHeight, filterWidth, inChannels, outChannels), overwritten. Pixels are summed in blocks of about 256; what a
 * block sees of x is packed once for all taps.
 */
export function conv2dBackpropFilter(
  x: usize, dy: usize, dw: usize, scratch: usize,
  batch: i32, inHeight: i32, inWidth: i32, inChannels: i32, outHeight: i32, outWidth: i32, outChannels: i32,
  filterHeight: i32, filterWidth: i32, strideHeight: i32, strideWidth: i32, top: i32, left: i32,
): void {
  const pixelBytes = <usize>inChannels << 2;
  const rowBytes = <usize>outChannels << 2;
  const step = <usize>strideWidth << 4;
  const groups = (inChannels + 3) >> 2;
  memory.fill(dw, 0, <usize>(filterHeight * filterWidth) * pixelBytes * <usize>outChannels);

  for (let n = 0; n < batch; n++, x += <usize>(inHeight * inWidth) * pixelBytes) {
    let rows = blockRows(outHeight, outWidth);
    for (let oy = 0; oy < outHeight; oy += rows) {
      rows = min(rows, outHeight - oy);
      let columns = blockColumns(outWidth);
      for (let ox = 0; ox < outWidth; ox += columns) {
        columns = min(columns, outWidth - ox);
        const seenRows = (rows - 1) * strideHeight + filterHeight;
        const seenColumns = (columns - 1) * strideWidth + filterWidth;
        const window = <usize>(seenRows * seenColumns) << 4;
        const skip = (<usize>(strideHeight * seenColumns) << 4) - <usize>columns * step;
        const packedX = scratch + TILE_BYTES;
        const packedDy = packedX + <usize>GROUPS * window;
        packColumns(dy, packedDy, rows * columns, outChannels);
        dy += <usize>(rows * columns) * rowBytes;
        for (let group = 0; group < groups; group += GROUPS) {
          const channel = group << 2;
          const count = min(GROUPS << 2, inChannels - channel);
          for (let c = 0; c < count; c += 4) {
            packWindow(
              x + (<usize>(channel + c) << 2), packedX + <usize>(c >> 2) * window, min(4, count - c), pixelBytes,
              inHeight, inWidth, oy * strideHeight - top, ox * strideWidth - left, seenRows, seenColumns,
            );
          }
          for (let ky = 0; ky < filterHeight; ky++) {
            for (let kx = 0; kx < filterWidth; kx++) {
              const tap = (ky * filterWidth + kx) * inChannels + channel;
              multiply(
                packedX + (<usize>(ky * seenColumns + kx) << 4), window, step, skip, packedDy, rows, columns,
                dw + <usize>tap * rowBytes, scratch, count, outChannels,
              );
            }
          }
        }
      }
    }
  }
}

/** c[channels][outChannels] += aᵀ · b over a block's pixels; a in panels of four channels, b of eight. */
function multiply(
  a: usize, panelBytes: usize, step: usize, skip: usize, b: usize, rows: i32, columns: i32,
  c: usize, tile: usize, channels: i32, outChannels: i32,
): void {
  const rowBytes = <usize>outChannels << 2;
  for (let out = 0; out < outChannels; out += 8, b += <usize>(rows * columns) << 5) {
    const width = min(8, outChannels - out);
    let panel = a;
    for (let channel = 0; channel < channels; channel += 4, panel += panelBytes) {
      const height = min(4, channels - channel);
      const at = c + <usize>channel * rowBytes + (<usize>out << 2);
      if (width == 8 && height == 4) {
        accumulateTile(panel, step, skip, b, rows, columns, at, rowBytes);
      } else {
        memory.fill(tile, 0, TILE_BYTES);
        accumulateTile(panel, step, skip, b, rows, columns, tile, 32);
        addCorner(tile, at, height, width, rowBytes);
      }
    }
  }
}

/** Adds the top left corner of a 4×8 tile. */
function addCorner(tile: usize, c: usize, height: i32, width: i32, rowBytes: usize): void {
  for (let row = 0; row < height; row++, tile += 32, c += rowBytes) {
    for (let column: usize = 0; column < <usize>width << 2; column += 4) {
      store<f32>(c + column, load<f32>(c + column) + load<f32>(tile + column));
    }
  }
}

/** Up to four channels of the pixels (firstRow …, firstColumn …), (rows, columns, 4), zeros outside the image. */
function packWindow(
  x: usize, to: usize, lanes: i32, pixelBytes: usize,
  height: i32, width: i32, firstRow: i32, firstColumn: i32, rows: i32, columns: i32,
): void {
  const zero = f32x4.splat(0);
  const begin = min(columns, max(0, -firstColumn));
  const end = max(begin, min(columns, width - firstColumn));
  for (let row = firstRow; row < firstRow + rows; row++) {
    const stop = to + (<usize>columns << 4);
    if (row >= 0 && row < height) {
      let source = x + <usize>(row * width + firstColumn + begin) * pixelBytes;
      const first = to + (<usize>begin << 4);
      const last = to + (<usize>end << 4);
      for (; to < first; to += 16) v128.store(to, zero);
      if (lanes == 4) {
        for (; to < last; to += 16, source += pixelBytes) v128.store(to, v128.load(source));
      } else {
        for (; to < last; to += 16, source += pixelBytes) v128.store(to, loadLanes(source, lanes));
      }
    }
    for (; to < stop; to += 16) v128.store(to, zero);
  }
}
