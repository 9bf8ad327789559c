/** Rows that are summed in single precision before they join the double-precision totals. */
export const ROWS_PER_BLOCK: i32 = 64;

/** totals[c] += partial[c], and partial[c] = 0: floats into doubles. */
export function flush(partial: usize, totals: usize, channels: i32): void {
  for (let c: usize = 0; c < <usize>channels; c++) {
    const total = totals + (c << 3);
    store<f64>(total, load<f64>(total) + <f64>load<f32>(partial + (c << 2)));
    store<f32>(partial + (c << 2), 0);
  }
}
