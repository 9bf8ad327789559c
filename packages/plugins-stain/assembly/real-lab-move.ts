import { inverseCubeRoot } from "./inverse-cube-root";
import { BLOCK, lanes, SCRATCH, SOURCE, TARGET } from "./layout";
import { cut, storePixels } from "./pixels";
import { FOUR, rootsOfBlock } from "./real-lab";

/**
 * SOURCE → TARGET: L, a and b scaled and shifted, toward zero. Table: as for `realLabSums`. Parameters: 0, 1 scale and shift
 * of y; 2, 3 of x − y; 4, 5 of y − z; 6…14 the matrix from X, Y, Z over white to linear RGB, by rows.
 */
export function realLabMove(pixels: i32): void {
  const zero = f32x4.splat(0);
  for (let at: usize = 0, end = <usize>pixels * 3; at < end; at += BLOCK * 3) {
    const stop = min(end, at + BLOCK * 3);
    rootsOfBlock(SOURCE + at, SOURCE + stop);
    for (let from = SCRATCH, to = SCRATCH + (stop - at) * (FOUR / 12); from < to; from += FOUR) {
      const x = v128.load(from), y = v128.load(from, 16), z = v128.load(from, 32);
      const middle = f32x4.add(f32x4.mul(y, lanes(0)), lanes(1));
      const alongA = f32x4.add(f32x4.mul(f32x4.sub(x, y), lanes(2)), lanes(3));
      const alongB = f32x4.add(f32x4.mul(f32x4.sub(y, z), lanes(4)), lanes(5));
      const cx = cube(f32x4.add(middle, alongA)), cy = cube(middle);
      const cz = cube(f32x4.pmax(zero, f32x4.sub(middle, alongB)));
      v128.store(from, linear(cx, cy, cz, 6));
      v128.store(from, linear(cx, cy, cz, 9), 16);
      v128.store(from, linear(cx, cy, cz, 12), 32);
    }
    for (let p = at, from = SCRATCH; p < stop; p += 12, from += FOUR) {
      storePixels(
        TARGET + p,
        encoded(v128.load(from)),
        encoded(v128.load(from, 16)),
        encoded(v128.load(from, 32)),
      );
    }
  }
}

/** The inverse of the root; a line below 0.2068966. */
// @ts-ignore: decorator
@inline
function cube(root: v128): v128 {
  const bright = f32x4.mul(f32x4.mul(root, root), root);
  const dark = f32x4.mul(f32x4.sub(root, f32x4.splat(16 / 116)), f32x4.splat(1 / 7.787));
  return v128.bitselect(bright, dark, f32x4.gt(root, f32x4.splat(0.2068966)));
}

// @ts-ignore: decorator
@inline
function linear(x: v128, y: v128, z: v128, row: usize): v128 {
  const xy = f32x4.add(f32x4.mul(x, lanes(row)), f32x4.mul(y, lanes(row + 1)));
  return f32x4.add(xy, f32x4.mul(z, lanes(row + 2)));
}

/** sRGB's gamma as a byte: 1.055 v^(1/2.4) − 0.055, a line below 0.0031308. The power is √(v·√(v^−⅓)). */
// @ts-ignore: decorator
@inline
function encoded(linear: v128): v128 {
  const one = f32x4.splat(1);
  const v = f32x4.pmin(one, f32x4.pmax(f32x4.splat(0), linear));
  const power = f32x4.sqrt(f32x4.mul(v, f32x4.sqrt(inverseCubeRoot(v))));
  const bright = f32x4.sub(f32x4.mul(power, f32x4.splat(255 * 1.055)), f32x4.splat(255 * 0.055));
  const dark = f32x4.mul(v, f32x4.splat(255 * 12.92));
  const level = v128.bitselect(bright, dark, f32x4.gt(v, f32x4.splat(0.0031308)));
  return cut(v128.bitselect(f32x4.splat(255), level, f32x4.eq(v, one)));
}
