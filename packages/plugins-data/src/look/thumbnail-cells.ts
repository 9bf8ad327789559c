import { lookKernels } from "./kernels/look-kernels.js";

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

/** @returns The means of the cells, rounded, of the kernels' sums of so many channels at `sums`: (cell rows, cell columns, channels). */
export function cellMeans(
  { width, height, columns, rows }: ThumbnailCells,
  sums: number,
  channels: number,
): Uint8Array {
  const { run, at, bytes, integers } = lookKernels();
  integers.set(columns, at.EDGES >> 2);
  for (let y = 0; y < height; y++) {
    const done = y * width * channels;
    run.cellMeans(sums + 8 * done, at.MEANS + done, width, channels, rows[y + 1] - rows[y]);
  }
  return bytes.slice(at.MEANS, at.MEANS + width * height * channels);
}
