import { loadLanes, storeLanes } from "../lanes";

/**
 * y[n, oy, ox, c] = Σ x[n, oy·stride + ky − top, ox·stride + kx − left, c] · w[ky, kx, c]: depthwise, multiplier 1.
 *
 * x (batch, height, width, channels), w (filterHeight, filterWidth, channels); y, `top` and `left` as in `conv2d`.
 */
export function depthwiseConv2d(
  x: usize, w: usize, y: usize,
  batch: i32, height: i32, width: i32, channels: i32, filterHeight: i32, filterWidth: i32,
  strideHeight: i32, strideWidth: i32, top: i32, left: i32, outHeight: i32, outWidth: i32,
  yImage: usize, yRow: usize, yPixel: usize,
): void {
  const rowBytes = <usize>(width * channels) << 2;
  const wRow = <usize>(filterWidth * channels) << 2;
  for (let n = 0; n < batch; n++, x += <usize>height * rowBytes, y += yImage) {
    for (let oy = 0; oy < outHeight; oy++) {
      const iy = oy * strideHeight - top;
      const ky = max(0, -iy);
      const rows = min(filterHeight, height - iy) - ky;
      convolveRow(
        x + <usize>(iy + ky) * rowBytes, w + <usize>ky * wRow, y + <usize>oy * yRow, rows,
        width, channels, filterWidth, strideWidth, left, outWidth, yPixel,
      );
    }
  }
}

/** One row of outputs from `rows` rows of inputs and taps. Only pixels at its ends see but a part of the columns. */
function convolveRow(
  x: usize, w: usize, y: usize, rows: i32,
  width: i32, channels: i32, filterWidth: i32, stride: i32, left: i32, outWidth: i32, yPixel: usize,
): void {
  const bytes = <usize>channels << 2;
  const rowBytes = <usize>width * bytes;
  const wRow = <usize>filterWidth * bytes;
  const step = <usize>stride * bytes;
  const begin = min(outWidth, max(0, (left + stride - 1) / stride));
  const end = max(begin, min(outWidth, width + left >= filterWidth ? (width + left - filterWidth) / stride + 1 : 0));
  const pairs = bytes & ~31;
  for (let c: usize = 0; c < pairs; c += 32) {
    let p = x + c + <usize>(begin * stride - left) * bytes;
    let q = y + c + <usize>begin * yPixel;
    for (let ox = begin; ox + 4 <= end; ox += 4, p += 4 * step, q += 4 * yPixel) {
      fourPixels(p, w + c, q, bytes, step, rowBytes - wRow, rows, filterWidth, yPixel);
    }
  }
  const whole = begin + ((end - begin) & ~3);
  for (let ox = 0; ox < outWidth; ox++) {
    const ix = ox * stride - left;
    const kx = max(0, -ix);
    const columns = min(filterWidth, width - ix) - kx;
    let c = ox >= begin && ox < whole ? pairs : 0;
    const p = x + <usize>(ix + kx) * bytes;
    const k = w + <usize>kx * bytes;
    const q = y + <usize>ox * yPixel;
    for (; c + 64 <= bytes; c += 64) sixteenChannels(p + c, k + c, q + c, rowBytes, wRow, bytes, rows, columns);
    for (; c < bytes; c += 16) {
      fourChannels(p + c, k + c, q + c, rowBytes, wRow, bytes, rows, columns, min(4, <i32>((bytes - c) >> 2)));
    }
  }
}

/** Four neighbouring outputs of eight channels: each weight is loaded once for the four. */
// @ts-ignore: decorator
@inline
function fourPixels(
  p: usize, w: usize, y: usize, bytes: usize, step: usize, skip: usize, rows: i32, columns: i32, yPixel: usize,
): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  for (let ky = 0; ky < rows; ky++, p += skip) {
    for (let kx = 0; kx < columns; kx++, p += bytes, w += bytes) {
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      s00 = f32x4.add(s00, f32x4.mul(v128.load(p), w0));
      s01 = f32x4.add(s01, f32x4.mul(v128.load(p, 16), w1));
      const p1 = p + step;
      s10 = f32x4.add(s10, f32x4.mul(v128.load(p1), w0));
      s11 = f32x4.add(s11, f32x4.mul(v128.load(p1, 16), w1));
      const p2 = p1 + step;
      s20 = f32x4.add(s20, f32x4.mul(v128.load(p2), w0));
      s21 = f32x4.add(s21, f32x4.mul(v128.load(p2, 16), w1));
      const p3 = p2 + step;
      s30 = f32x4.add(s30, f32x4.mul(v128.load(p3), w0));
      s31 = f32x4.add(s31, f32x4.mul(v128.load(p3, 16), w1));
    }
  }
  v128.store(y, s00);
  v128.store(y, s01, 16);
  v128.store(y + yPixel, s10);
  v128.store(y + yPixel, s11, 16);
  v128.store(y + 2 * yPixel, s20);
  v128.store(y + 2 * yPixel, s21, 16);
  v128.store(y + 3 * yPixel, s30);
  v128.store(y + 3 * yPixel, s31, 16);
}

// @ts-ignore: decorator
@inline
function sixteenChannels(
  p: usize, w: usize, y: usize, rowBytes: usize, wRow: usize, bytes: usize, rows: i32, columns: i32,
): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let ky = 0; ky < rows; ky++, p += rowBytes, w += wRow) {
    let a = p;
    let k = w;
    for (let kx = 0; kx < columns; kx++, a += bytes, k += bytes) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(k)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(a, 16), v128.load(k, 16)));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(a, 32), v128.load(k, 32)));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(a, 48), v128.load(k, 48)));
    }
  }
  v128.store(y, s0);
  v128.store(y, s1, 16);
  v128.store(y, s2, 32);
  v128.store(y, s3, 48);
}

// @ts-ignore: decorator
@inline
function fourChannels(
  p: usize, w: usize, y: usize, rowBytes: usize, wRow: usize, bytes: usize, rows: i32, columns: i32, lanes: i32,
): void {
  let s = f32x4.splat(0);
  for (let ky = 0; ky < rows; ky++, p += rowBytes, w += wRow) {
    let a = p;
    let k = w;
    for (let kx = 0; kx < columns; kx++, a += bytes, k += bytes) {
      s = f32x4.add(s, f32x4.mul(loadLanes(a, lanes), loadLanes(k, lanes)));
    }
  }
  storeLanes(y, s, lanes);
}
