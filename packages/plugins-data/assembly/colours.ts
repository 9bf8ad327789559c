import { addToSum, COLOURS, EDGES } from "./layout";

/** Adds a row's bytes at `from` to COLOURS. Columns past the last get what follows; nobody reads them. */
export function addColours(from: usize, columns: i32): void {
  const end = from + <usize>columns * 3;
  for (let to = COLOURS; from < end; from += 16, to += 32) {
    const bytes = v128.load(from);
    v128.store(to, i16x8.add(v128.load(to), i16x8.extend_low_i8x16_u(bytes)));
    v128.store(to, i16x8.add(v128.load(to, 16), i16x8.extend_high_i8x16_u(bytes)), 16);
  }
}

/** Adds COLOURS to `cells` cells at `to` (f64 × 3 each), by EDGES, and to the sums; empties it. */
export function foldColours(to: usize, cells: i32): void {
  let at = COLOURS;
  let all = i32x4.splat(0);
  for (let cell: usize = 0; cell < <usize>cells; cell++, to += 24) {
    let sum = i32x4.splat(0);
    for (const end = COLOURS + 6 * <usize>load<i32>(EDGES + (cell << 2), 4); at < end; at += 6) {
      sum = i32x4.add(sum, v128.load16x4_u(at));
    }
    all = i32x4.add(all, sum);
    v128.store(to, f64x2.add(v128.load(to), f64x2.convert_low_i32x4_u(sum)));
    store<f64>(to, load<f64>(to, 16) + <f64>(<u32>i32x4.extract_lane(sum, 2)), 16);
  }
  addToSum(6, <f64>(<u32>i32x4.extract_lane(all, 0)));
  addToSum(7, <f64>(<u32>i32x4.extract_lane(all, 1)));
  addToSum(8, <f64>(<u32>i32x4.extract_lane(all, 2)));
  memory.fill(COLOURS, 0, at - COLOURS);
}
