import { loadLanes, storeLanes } from "../lanes";

/**
 * Gradient of max pooling: each dy goes to the first pixel of its window, row by row, that holds the maximum, as in
 * PyTorch.
 *
 * dy and y (batch, outHeight, outWidth, channels), x and dx (batch, inHeight, inWidth, channels).
 */
export function maxPoolGrad(
  dy: usize, x: usize, y: usize, dx: usize, batch: i32, inHeight: i32, inWidth: i32, channels: i32,
  outHeight: i32, outWidth: i32, filterHeight: i32, filterWidth: i32,
  strideHeight: i32, strideWidth: i32, top: i32, left: i32,
): void {
  const bytes = <usize>channels << 2;
  const image = <usize>(inHeight * inWidth) * bytes;
  memory.fill(dx, 0, <usize>batch * image);
  for (let n = 0; n < batch; n++, x += image, dx += image) {
    for (let oy = 0; oy < outHeight; oy++) {
      const iy = oy * strideHeight - top;
      const firstRow = max(0, iy);
      const lastRow = min(inHeight, iy + filterHeight);
      for (let ox = 0; ox < outWidth; ox++, dy += bytes, y += bytes) {
        const ix = ox * strideWidth - left;
        const firstColumn = max(0, ix);
        const lastColumn = min(inWidth, ix + filterWidth);
        let c: usize = 0;
        for (; c + 16 <= bytes; c += 16) {
          giveToFirst(dy + c, x + c, y + c, dx + c, bytes, inWidth, firstRow, lastRow, firstColumn, lastColumn, 4);
        }
        if (c < bytes) {
          const lanes = <i32>((bytes - c) >> 2);
          giveToFirst(dy + c, x + c, y + c, dx + c, bytes, inWidth, firstRow, lastRow, firstColumn, lastColumn, lanes);
        }
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function giveToFirst(
  dy: usize, x: usize, y: usize, dx: usize, bytes: usize, inWidth: i32,
  firstRow: i32, lastRow: i32, firstColumn: i32, lastColumn: i32, lanes: i32,
): void {
  const maximum = loadLanes(y, lanes);
  let open = loadLanes(dy, lanes);
  for (let row = firstRow; row < lastRow; row++) {
    let at = <usize>(row * inWidth + firstColumn) * bytes;
    for (let column = firstColumn; column < lastColumn; column++, at += bytes) {
      const here = f32x4.eq(loadLanes(x + at, lanes), maximum);
      storeLanes(dx + at, f32x4.add(loadLanes(dx + at, lanes), v128.and(open, here)), lanes);
      open = v128.andnot(open, here);
    }
  }
}

/**
 * Gradient of average pooling: each dy in equal parts to the pixels of its window that lie in the image.
 * Shapes as in `maxPoolGrad`.
 */
export function avgPoolGrad(
  dy: usize, dx: usize, batch: i32, inHeight: i32, inWidth: i32, channels: i32,
  outHeight: i32, outWidth: i32, filterHeight: i32, filterWidth: i32,
  strideHeight: i32, strideWidth: i32, top: i32, left: i32,
): void {
  const bytes = <usize>channels << 2;
  const image = <usize>(inHeight * inWidth) * bytes;
  memory.fill(dx, 0, <usize>batch * image);
  for (let n = 0; n < batch; n++, dx += image) {
    for (let oy = 0; oy < outHeight; oy++) {
      const iy = oy * strideHeight - top;
      const firstRow = max(0, iy);
      const lastRow = min(inHeight, iy + filterHeight);
      for (let ox = 0; ox < outWidth; ox++, dy += bytes) {
        const ix = ox * strideWidth - left;
        const firstColumn = max(0, ix);
        const lastColumn = min(inWidth, ix + filterWidth);
        const share = f32x4.splat(1 / <f32>((lastRow - firstRow) * (lastColumn - firstColumn)));
        for (let row = firstRow; row < lastRow; row++) {
          let at = dx + <usize>(row * inWidth + firstColumn) * bytes;
          for (let column = firstColumn; column < lastColumn; column++, at += bytes) {
            let c: usize = 0;
            for (; c + 16 <= bytes; c += 16) {
              v128.store(at + c, f32x4.add(v128.load(at + c), f32x4.mul(v128.load(dy + c), share)));
            }
            if (c < bytes) {
              const lanes = <i32>((bytes - c) >> 2);
              const part = f32x4.mul(loadLanes(dy + c, lanes), share);
              storeLanes(at + c, f32x4.add(loadLanes(at + c, lanes), part), lanes);
            }
          }
        }
      }
    }
  }
}
