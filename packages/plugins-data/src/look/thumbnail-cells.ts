/**
 * The cells of whole pixels that a picture's thumbnail is the means of: at most a pixel's breadth apart in size. Good to
 * look at and cheap to sum; {@link AreaMeans} is exact, which comparing pictures of several sizes needs.
 */
export interface ThumbnailCells {
  readonly width: number;
  readonly height: number;
  /** Cell `x` is of the columns `columns[x]`…`columns[x + 1]`; never empty. */
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  /** Cell row of each row. */
  readonly rowOf: Int32Array;
}

/** @param longest Of the thumbnail's sides, in pixels; a smaller picture keeps its size. */
export function thumbnailCells(width: number, height: number, longest: number): ThumbnailCells {
  const shrink = Math.min(1, longest / Math.max(width, height));
  const columns = edges(width, Math.max(1, Math.round(width * shrink)));
  const rows = edges(height, Math.max(1, Math.round(height * shrink)));
  const rowOf = new Int32Array(height);
  for (let y = 0; y < rows.length - 1; y++) rowOf.fill(y, rows[y], rows[y + 1]);
  return { width: columns.length - 1, height: rows.length - 1, columns, rows, rowOf };
}

function edges(length: number, cells: number): Int32Array {
  return Int32Array.from({ length: cells + 1 }, (_, i) => Math.round((i * length) / cells));
}

/** @param sums (cell rows, cell columns, channels) @returns The means of the cells, rounded. */
export function cellMeans(cells: ThumbnailCells, sums: Float64Array, channels: number): Uint8Array {
  const out = new Uint8Array(cells.width * cells.height * channels);
  const { columns, rows } = cells;
  for (let y = 0, at = 0; y < cells.height; y++) {
    for (let x = 0; x < cells.width; x++) {
      const share = 1 / ((rows[y + 1] - rows[y]) * (columns[x + 1] - columns[x]));
      for (let c = 0; c < channels; c++, at++) out[at] = sums[at] * share + 0.5;
    }
  }
  return out;
}
