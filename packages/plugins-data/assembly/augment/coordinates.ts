// Where the pixels of a row come from: x and y of each in 65536ths of a source pixel, i32; pixel centres are whole.

/** Writes those of an affine map. The start is the first pixel's, the step what each further one adds; in 65536ths. */
export function affineRow(
  xs: usize,
  ys: usize,
  columns: i32,
  startX: f64,
  startY: f64,
  stepX: f64,
  stepY: f64,
): void {
  let at = f64x2(0, 1);
  const two = f64x2.splat(2);
  const fromX = f64x2.splat(startX), fromY = f64x2.splat(startY);
  const alongX = f64x2.splat(stepX), alongY = f64x2.splat(stepY);
  for (const end = xs + <usize>columns * 4; xs < end; xs += 16, ys += 16) {
    const next = f64x2.add(at, two);
    v128.store(xs, rounded(f64x2.add(fromX, f64x2.mul(at, alongX)), f64x2.add(fromX, f64x2.mul(next, alongX))));
    v128.store(ys, rounded(f64x2.add(fromY, f64x2.mul(at, alongY)), f64x2.add(fromY, f64x2.mul(next, alongY))));
    at = f64x2.add(next, two);
  }
}

/** Adding 1.5 · 2⁵² leaves a double no places but whole ones, which are its lowest bits; i32 of |v| < 2³¹. */
// @ts-ignore: decorator
@inline
function rounded(first: v128, second: v128): v128 {
  const whole = f64x2.splat(6755399441055744);
  return v128.shuffle<i32>(f64x2.add(first, whole), f64x2.add(second, whole), 0, 2, 4, 6);
}

/**
 * Combines four rows of nodes (f32, `bytes` each, one behind the other from `nodes`) by a spline's weights; into `to`.
 * Up to 12 bytes more are written.
 */
export function splineNodes(nodes: usize, bytes: usize, to: usize, w0: f32, w1: f32, w2: f32, w3: f32): void {
  const first = f32x4.splat(w0), second = f32x4.splat(w1), third = f32x4.splat(w2), fourth = f32x4.splat(w3);
  for (const end = nodes + bytes; nodes < end; nodes += 16, to += 16) {
    const above = f32x4.add(f32x4.mul(v128.load(nodes), first), f32x4.mul(v128.load(nodes + bytes), second));
    const at = nodes + 2 * bytes;
    const below = f32x4.add(f32x4.mul(v128.load(at), third), f32x4.mul(v128.load(at + bytes), fourth));
    v128.store(to, f32x4.add(above, below));
  }
}

/**
 * Writes the coordinates of `cells` cells of `spacing` pixels, moved by a spline along a row of nodes, of which the first
 * four belong to the first cell. Up to three coordinates more are written.
 * @param start Of the first pixel, unmoved. @param step What each pixel adds. In 65536ths, as are the nodes.
 * @param weights f32: of the first of a cell's four nodes by pixel of the cell, then of the second …; `stride` bytes each.
 */
export function splineRow(
  nodes: usize,
  weights: usize,
  stride: usize,
  cells: i32,
  spacing: i32,
  to: usize,
  start: i32,
  step: i32,
): void {
  for (let cell = 0; cell < cells; cell++, nodes += 4) {
    const first = v128.load32_splat(nodes), second = v128.load32_splat(nodes, 4);
    const third = v128.load32_splat(nodes, 8), fourth = v128.load32_splat(nodes, 12);
    let here = i32x4.add(i32x4.splat(start), i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(step)));
    const four = i32x4.splat(4 * step);
    let at = weights;
    for (let p = to, end = to + <usize>spacing * 4; p < end; p += 16, at += 16) {
      const low = f32x4.add(f32x4.mul(v128.load(at), first), f32x4.mul(v128.load(at + stride), second));
      const after = at + 2 * stride;
      const high = f32x4.add(f32x4.mul(v128.load(after), third), f32x4.mul(v128.load(after + stride), fourth));
      const moved = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.add(low, high)));
      v128.store(p, i32x4.add(here, moved));
      here = i32x4.add(here, four);
    }
    to += <usize>spacing * 4;
    start += step * spacing;
  }
}
