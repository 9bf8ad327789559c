import { EDGES } from "./layout";

/**
 * The means of a row of cells, rounded: sums (f64, `channels` a cell) at `from` to bytes at `to`.
 * @param rows Of pixels. EDGES: the columns of the row's cells.
 */
export function cellMeans(from: usize, to: usize, cells: i32, channels: i32, rows: i32): void {
  let left = load<i32>(EDGES);
  for (let cell: usize = 0; cell < <usize>cells; cell++) {
    const right = load<i32>(EDGES + (cell << 2), 4);
    const share = 1.0 / (<f64>rows * <f64>(right - left));
    left = right;
    for (let c = 0; c < channels; c++, from += 8, to++) {
      store<u8>(to, <u8>(<i32>(load<f64>(from) * share + 0.5)));
    }
  }
}
