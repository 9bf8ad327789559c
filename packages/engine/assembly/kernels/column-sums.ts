import { loadLanes, storeLanes } from "../lanes";
import { flush, ROWS_PER_BLOCK } from "../row-blocks";

/** Bytes of scratch that `columnSums` needs. */
export function columnSumsScratchBytes(channels: i32): usize {
  return <usize>channels * 12;
}

/** out[c] = factor · Σ_r x[r, c]: blocks of 64 rows in single precision, their sum in double. */
function columnSums(x: usize, out: usize, scratch: usize, rows: i32, channels: i32, factor: f64): void {
  const bytes = <usize>channels << 2;
  const totals = scratch;
  const partial = totals + (<usize>channels << 3);
  memory.fill(scratch, 0, <usize>channels * 12);
  for (let row = 0; row < rows; ) {
    const stop = min(rows, row + ROWS_PER_BLOCK);
    for (; row < stop; row++, x += bytes) {
      let c: usize = 0;
      for (; c + 16 <= bytes; c += 16) v128.store(partial + c, f32x4.add(v128.load(partial + c), v128.load(x + c)));
      if (c < bytes) {
        const lanes = <i32>((bytes - c) >> 2);
        storeLanes(partial + c, f32x4.add(loadLanes(partial + c, lanes), loadLanes(x + c, lanes)), lanes);
      }
    }
    flush(partial, totals, channels);
  }
  for (let c: usize = 0; c < <usize>channels; c++) {
    store<f32>(out + (c << 2), <f32>(factor * load<f64>(totals + (c << 3))));
  }
}

/** factor · Σ x over n contiguous floats: four running sums in blocks of 256 floats, their sum in double. */
function rowSum(x: usize, n: i32, factor: f64): f64 {
  let total: f64 = 0;
  while (n > 0) {
    const count = min(n, ROWS_PER_BLOCK * 4);
    let sum = f32x4.splat(0);
    for (let i = count; i > 0; i -= 4, x += 16) sum = f32x4.add(sum, loadLanes(x, min(4, i)));
    total +=
      <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1) +
      (<f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3));
    n -= count;
  }
  return factor * total;
}

/** out[o, i] = factor · Σ_r x[o, r, i]; x (outer, rows, inner). */
export function reduceSum(x: usize, out: usize, scratch: usize, outer: i32, rows: i32, inner: i32, factor: f64): void {
  const step = <usize>(rows * inner) << 2;
  for (let o = 0; o < outer; o++, x += step, out += <usize>inner << 2) {
    if (inner == 1) store<f32>(out, <f32>rowSum(x, rows, factor));
    else columnSums(x, out, scratch, rows, inner, factor);
  }
}
