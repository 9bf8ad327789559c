import { loadLanes, storeLanes } from "../lanes";

/**
 * Gradient of a depthwise convolution (multiplier 1) by its filter:
 * dw[ky, kx, c] = Σ x[n, oy·stride − top + ky, ox·stride − left + kx, c] · dy[n, oy, ox, c], row sums first.
 *
 * x (batch, inHeight, inWidth, channels), dy (batch, outHeight, outWidth, channels),
 * dw (filterHeight, filterWidth, channels), overwritten.
 */
export function depthwiseBackpropFilter(
  x: usize, dy: usize, dw: usize, batch: i32, inHeight: i32, inWidth: i32, channels: i32,
  outHeight: i32, outWidth: i32, filterHeight: i32, filterWidth: i32,
  strideHeight: i32, strideWidth: i32, top: i32, left: i32,
): void {
  const bytes = <usize>channels << 2;
  memory.fill(dw, 0, <usize>(filterHeight * filterWidth) * bytes);
  for (let n = 0; n < batch; n++, x += <usize>(inHeight * inWidth) * bytes) {
    for (let oy = 0; oy < outHeight; oy++, dy += <usize>outWidth * bytes) {
      for (let ky = 0; ky < filterHeight; ky++) {
        const iy = oy * strideHeight - top + ky;
        if (iy < 0 || iy >= inHeight) continue;
        for (let kx = 0; kx < filterWidth; kx++) {
          const shift = kx - left;
          const begin = shift < 0 ? (strideWidth - 1 - shift) / strideWidth : 0;
          const end = inWidth > shift ? min(outWidth, (inWidth - 1 - shift) / strideWidth + 1) : 0;
          if (begin >= end) continue;
          correlate(
            x + <usize>(iy * inWidth + begin * strideWidth + shift) * bytes, dy + <usize>begin * bytes,
            dw + <usize>(ky * filterWidth + kx) * bytes, bytes, end - begin, <usize>strideWidth * bytes,
          );
        }
      }
    }
  }
}

/** dw[c] += Σ x[p·step, c] · dy[p, c] over `pixels` of one row. */
function correlate(x: usize, dy: usize, dw: usize, bytes: usize, pixels: i32, step: usize): void {
  let c: usize = 0;
  for (; c + 64 <= bytes; c += 64) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let a = x + c;
    let g = dy + c;
    for (let p = 0; p < pixels; p++, a += step, g += bytes) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(g)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(a, 16), v128.load(g, 16)));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(a, 32), v128.load(g, 32)));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(a, 48), v128.load(g, 48)));
    }
    const d = dw + c;
    v128.store(d, f32x4.add(v128.load(d), s0));
    v128.store(d, f32x4.add(v128.load(d, 16), s1), 16);
    v128.store(d, f32x4.add(v128.load(d, 32), s2), 32);
    v128.store(d, f32x4.add(v128.load(d, 48), s3), 48);
  }
  for (; c < bytes; c += 16) {
    const lanes = min(4, <i32>((bytes - c) >> 2));
    let s = f32x4.splat(0);
    let a = x + c;
    let g = dy + c;
    for (let p = 0; p < pixels; p++, a += step, g += bytes) {
      s = f32x4.add(s, f32x4.mul(loadLanes(a, lanes), loadLanes(g, lanes)));
    }
    storeLanes(dw + c, f32x4.add(loadLanes(dw + c, lanes), s), lanes);
  }
}
