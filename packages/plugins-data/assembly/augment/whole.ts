/** The nearest whole numbers, the even ones of two, of |v| < 2²²: adding 1.5 · 2²³ leaves a float no other places. */
// @ts-ignore: decorator
@inline
export function nearestWhole(v: v128): v128 {
  return i32x4.sub(f32x4.add(v, f32x4.splat(12582912)), i32x4.splat(0x4b400000));
}
