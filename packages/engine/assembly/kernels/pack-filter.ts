import { loadLanes } from "../lanes";

/** Rows of `channels` floats to panels (rows, 8), the last panel filled up with zeros. */
export function packColumns(from: usize, to: usize, rows: i32, channels: i32): void {
  const rowBytes = <usize>channels << 2;
  for (let channel = 0; channel < channels; channel += 8) {
    const width = min(8, channels - channel);
    let source = from + (<usize>channel << 2);
    const end = to + (<usize>rows << 5);
    if (width == 8) {
      for (; to < end; to += 32, source += rowBytes) {
        v128.store(to, v128.load(source));
        v128.store(to, v128.load(source, 16), 16);
      }
    } else {
      for (; to < end; to += 32, source += rowBytes) {
        v128.store(to, loadLanes(source, min(4, width)));
        v128.store(to, width > 4 ? loadLanes(source + 16, width - 4) : f32x4.splat(0), 16);
      }
    }
  }
}

/**
 * The filter of the convolution that gives one phase of an input gradient, packed as `conv2d` takes it:
 * v[t, u, o, i] = w[firstRow + (rows − 1 − t)·strideHeight, firstColumn + (columns − 1 − u)·strideWidth, i, o].
 *
 * w (…, filterWidth, inChannels, outChannels); v has inChannels outputs.
 */
export function packTurnedFilter(
  w: usize, packed: usize, filterWidth: i32, inChannels: i32, outChannels: i32,
  firstRow: i32, firstColumn: i32, strideHeight: i32, strideWidth: i32, rows: i32, columns: i32,
): void {
  const plane = <usize>(inChannels * outChannels) << 2;
  const rowBytes = <usize>outChannels << 2;
  for (let channel = 0; channel < inChannels; channel += 8) {
    const width = min(8, inChannels - channel);
    for (let t = rows - 1; t >= 0; t--) {
      for (let u = columns - 1; u >= 0; u--, packed += <usize>outChannels << 5) {
        const tap = (firstRow + t * strideHeight) * filterWidth + firstColumn + u * strideWidth;
        transposePanel(w + <usize>tap * plane + <usize>channel * rowBytes, packed, width, outChannels);
      }
    }
  }
}

/** As `packTurnedFilter` for a depthwise filter: v[t, u, c] = w[firstRow + …, firstColumn + …, c], in its own layout. */
export function turnDepthwiseFilter(
  w: usize, turned: usize, filterWidth: i32, channels: i32,
  firstRow: i32, firstColumn: i32, strideHeight: i32, strideWidth: i32, rows: i32, columns: i32,
): void {
  const bytes = <usize>channels << 2;
  for (let t = rows - 1; t >= 0; t--) {
    for (let u = columns - 1; u >= 0; u--, turned += bytes) {
      const tap = (firstRow + t * strideHeight) * filterWidth + firstColumn + u * strideWidth;
      memory.copy(turned, w + <usize>tap * bytes, bytes);
    }
  }
}

/** to[columns][8] = from[rows][columns]ᵀ for up to eight rows; the rest of each eight is zero. */
function transposePanel(from: usize, to: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns << 2;
  if (rows < 8) memory.fill(to, 0, <usize>columns << 5);
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const source = from + <usize>row * stride;
    const target = to + (<usize>row << 2);
    let column = 0;
    for (; column + 4 <= columns; column += 4) {
      const p = source + (<usize>column << 2);
      const r0 = v128.load(p);
      const r1 = v128.load(p + stride);
      const r2 = v128.load(p + 2 * stride);
      const r3 = v128.load(p + 3 * stride);
      const l0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
      const h0 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
      const l1 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
      const h1 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
      const q = target + (<usize>column << 5);
      v128.store(q, v128.shuffle<i64>(l0, l1, 0, 2));
      v128.store(q, v128.shuffle<i64>(l0, l1, 1, 3), 32);
      v128.store(q, v128.shuffle<i64>(h0, h1, 0, 2), 64);
      v128.store(q, v128.shuffle<i64>(h0, h1, 1, 3), 96);
    }
    for (; column < columns; column++) copyColumn(source, target, stride, column, 4);
  }
  if (row < rows) {
    const source = from + <usize>row * stride;
    const target = to + (<usize>row << 2);
    for (let column = 0; column < columns; column++) copyColumn(source, target, stride, column, rows - row);
  }
}

// @ts-ignore: decorator
@inline
function copyColumn(from: usize, to: usize, stride: usize, column: i32, rows: i32): void {
  const source = from + (<usize>column << 2);
  const target = to + (<usize>column << 5);
  for (let row: usize = 0; row < <usize>rows; row++) store<f32>(target + (row << 2), load<f32>(source + row * stride));
}

/** dx[n, firstRow + q·strideHeight, firstColumn + r·strideWidth, :] = 0: pixels of a phase that no filter tap reaches. */
export function clearPhase(
  dx: usize, batch: i32, height: i32, width: i32, channels: i32,
  firstRow: i32, firstColumn: i32, strideHeight: i32, strideWidth: i32,
): void {
  const bytes = <usize>channels << 2;
  for (let n = 0; n < batch; n++) {
    for (let row = firstRow; row < height; row += strideHeight) {
      for (let column = firstColumn; column < width; column += strideWidth) {
        memory.fill(dx + <usize>((n * height + row) * width + column) * bytes, 0, bytes);
      }
    }
  }
}
