import { BLOCKS } from "../layout";

/** The 8 × 8 pixels at p, whose rows are `stride` bytes apart, as luma - 128 and two chromas about 0 (JFIF) to BLOCKS. */
export function toLumaAndChroma(p: usize, stride: usize): void {
  for (let to = BLOCKS; to < BLOCKS + 256; to += 32, p += stride) {
    fourPixels(p, to);
    fourPixels(p + 12, to + 16);
  }
}

// @ts-ignore: decorator
@inline
function fourPixels(p: usize, to: usize): void {
  const pixels = i8x16.swizzle(v128.load(p), i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
  const r = f32x4.convert_i32x4_s(v128.and(pixels, i32x4.splat(255)));
  const g = f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(pixels, 8), i32x4.splat(255)));
  const b = f32x4.convert_i32x4_s(i32x4.shr_u(pixels, 16));
  const luma = weighted(r, g, b, 0.299, 0.587, 0.114);
  v128.store(to, f32x4.sub(luma, f32x4.splat(128)));
  v128.store(to, f32x4.mul(f32x4.sub(b, luma), f32x4.splat(0.564334086)), 256);
  v128.store(to, f32x4.mul(f32x4.sub(r, luma), f32x4.splat(0.713266762)), 512);
}

// @ts-ignore: decorator
@inline
function weighted(r: v128, g: v128, b: v128, ofRed: f32, ofGreen: f32, ofBlue: f32): v128 {
  const redGreen = f32x4.add(f32x4.mul(r, f32x4.splat(ofRed)), f32x4.mul(g, f32x4.splat(ofGreen)));
  return f32x4.add(redGreen, f32x4.mul(b, f32x4.splat(ofBlue)));
}
