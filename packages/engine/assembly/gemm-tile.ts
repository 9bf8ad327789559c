/**
 * The innermost product: c[4][8] += Σ_k a[k][4]ᵀ · b[k][8]. k runs through `rows` × `columns`: in b without gaps, in a
 * by `step` bytes a column and `skip` more after a row.
 *
 * 4×8 is the largest tile whose eight accumulators, two columns and one broadcast stay in sixteen registers with room
 * for the compiler; wider ones measured slower. The sum over k is formed apart and added to c once, so that long sums
 * are made of short ones.
 *
 * @param rowStride bytes from one row of c to the next
 */
// @ts-ignore: decorator
@inline
export function accumulateTile(
  a: usize, step: usize, skip: usize, b: usize, rows: i32, columns: i32, c: usize, rowStride: usize,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  for (let row = 0; row < rows; row++, a += skip) {
    for (const end = b + (<usize>columns << 5); b < end; a += step, b += 32) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const a0 = v128.load32_splat(a);
      c00 = f32x4.add(c00, f32x4.mul(a0, b0));
      c01 = f32x4.add(c01, f32x4.mul(a0, b1));
      const a1 = v128.load32_splat(a, 4);
      c10 = f32x4.add(c10, f32x4.mul(a1, b0));
      c11 = f32x4.add(c11, f32x4.mul(a1, b1));
      const a2 = v128.load32_splat(a, 8);
      c20 = f32x4.add(c20, f32x4.mul(a2, b0));
      c21 = f32x4.add(c21, f32x4.mul(a2, b1));
      const a3 = v128.load32_splat(a, 12);
      c30 = f32x4.add(c30, f32x4.mul(a3, b0));
      c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    }
  }
  addRow(c, c00, c01);
  addRow(c + rowStride, c10, c11);
  addRow(c + 2 * rowStride, c20, c21);
  addRow(c + 3 * rowStride, c30, c31);
}

// @ts-ignore: decorator
@inline
function addRow(c: usize, left: v128, right: v128): void {
  v128.store(c, f32x4.add(v128.load(c), left));
  v128.store(c, f32x4.add(v128.load(c, 16), right), 16);
}
