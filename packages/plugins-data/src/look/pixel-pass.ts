import type { Mask, RgbImage } from "@eosin/plugin-api/imaging";
import { AreaMeans } from "./area-means.js";
import { lookKernels } from "./kernels/look-kernels.js";
import { type ThumbnailCells, thumbnailCells } from "./thumbnail-cells.js";

/** Rows of bytes whose sums fit 16 bits. */
const ROWS_IN_SUMS = 256;

/** Of the pixels of a picture and its mask: whole numbers, exact up to 10 ^ 9 pixels. */
export interface PixelSums {
  readonly grey: number;
  readonly greySquares: number;
  /** Of grey, 4 neighbours, pixels at the border left out. */
  readonly laplacian: number;
  readonly laplacianSquares: number;
  readonly ignored: number;
  readonly tumour: number;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/**
 * One pass over the pixels of pictures of one size, in bands of columns and strips of rows that fit the kernels' memory.
 * Sums by thumbnail cell stay there: they are the kernels' until another pass begins.
 */
export class PixelPass {
  readonly cells: ThumbnailCells;
  /** Of grey's optical density. */
  readonly density: AreaMeans;
  private readonly kernels = lookKernels();
  private readonly densitySums: Float64Array;
  /** What the row is that {@link addShare} adds. */
  private greyAt = 0;
  private columns = 0;
  private readonly addShare = (share: number) => this.kernels.run.addDensities(this.greyAt, this.columns, share);

  /**
   * @param thumbnailSide The thumbnail's longer side, in pixels: 96 at most.
   * @param densitySide Of the square one of densities.
   */
  constructor(
    readonly width: number,
    readonly height: number,
    thumbnailSide: number,
    densitySide: number,
  ) {
    this.cells = thumbnailCells(width, height, thumbnailSide);
    this.density = new AreaMeans(width, height, densitySide, densitySide);
    const { doubles, at } = this.kernels;
    this.densitySums = doubles.subarray(at.DENSITIES >> 3, (at.DENSITIES >> 3) + at.BAND);
  }

  /** @param mask Of 0, 1 and `IGNORED`. */
  run(image: RgbImage, mask?: Mask): PixelSums {
    const { at, bytes, doubles } = this.kernels;
    bytes.fill(0, at.SUMS, at.DIGEST);
    bytes.fill(0, at.CELLS, at.MEANS);
    this.density.begin();
    for (let left = 0; left < this.width; left += at.BAND) {
      this.measureBand(image.data, mask?.data, left, Math.min(left + at.BAND, this.width));
    }
    const [grey, greySquares, laplacian, laplacianSquares, ignored, tumour, red, green, blue] = doubles.subarray(
      at.SUMS >> 3,
      at.DIGEST >> 3,
    );
    return { grey, greySquares, laplacian, laplacianSquares, ignored, tumour, red, green, blue };
  }

  private measureBand(image: Uint8Array, mask: Uint8Array | undefined, left: number, right: number): void {
    const { width, height, cells, density } = this;
    const { at, bytes, run } = this.kernels;
    const columns = right - left;
    // Each band's Laplacian wants a pixel of its neighbours.
    const before = left > 0 ? 1 : 0;
    const pixels = before + columns + (right < width ? 1 : 0);
    const firstCell = this.cellAt(left);
    const cellCount = this.writeEdges(firstCell, left, right);
    bytes.fill(0, at.COLOURS, at.GREY);
    density.beginBand(left, right);
    this.columns = columns;
    const rowsInStrip = Math.max(1, Math.floor(at.STRIP / (3 * pixels)));
    let summed = 0;
    for (let top = 0; top < height; top += rowsInStrip) {
      const rows = Math.min(rowsInStrip, height - top);
      this.bring(image, at.SOURCE, 3, top, rows, left - before, pixels);
      if (mask) this.bring(mask, at.LABELS, 1, top, rows, left, columns);
      for (let row = 0; row < rows; row++) {
        const y = top + row;
        const source = at.SOURCE + 3 * pixels * row;
        const grey = this.greyRow(y);
        run.grey(source, grey, pixels);
        run.addColours(source + 3 * before, columns);
        this.greyAt = grey + before;
        run.addGrey(this.greyAt, columns);
        density.addRow(this.densitySums, this.addShare);
        if (mask) run.addLabels(at.LABELS + columns * row, columns);
        if (y >= 2) run.addLaplacian(this.greyRow(y - 2), this.greyRow(y - 1), grey, pixels - 2);
        const cellRow = cells.rowOf[y];
        if (++summed < ROWS_IN_SUMS && y + 1 < cells.rows[cellRow + 1]) continue;
        summed = 0;
        const cell = cellRow * cells.width + firstCell;
        run.foldColours(at.CELLS + 24 * cell, cellCount);
        if (mask) run.foldLabels(at.TUMOUR_CELLS + 8 * cell, cellCount);
      }
    }
  }

  private cellAt(column: number): number {
    const { columns } = this.cells;
    let cell = 0;
    while (columns[cell + 1] <= column) cell++;
    return cell;
  }

  /** Tells the kernels where cells begin and end in the band. @returns How many there are, in part at least. */
  private writeEdges(firstCell: number, left: number, right: number): number {
    const { integers, at } = this.kernels;
    const { columns } = this.cells;
    let count = 0;
    for (let end = left; end < right; ) {
      end = Math.min(columns[firstCell + ++count], right);
      integers[(at.EDGES >> 2) + count] = end - left;
    }
    return count;
  }

  private greyRow(y: number): number {
    const { at } = this.kernels;
    return at.GREY + at.GREY_ROW * (y % 3);
  }

  /** Rows of columns from `left` on, one behind the other. */
  private bring(
    from: Uint8Array,
    to: number,
    channels: number,
    top: number,
    rows: number,
    left: number,
    columns: number,
  ): void {
    const { bytes } = this.kernels;
    const stride = this.width * channels;
    if (columns === this.width) {
      bytes.set(from.subarray(top * stride, (top + rows) * stride), to);
      return;
    }
    const length = columns * channels;
    for (let row = 0; row < rows; row++) {
      const begin = (top + row) * stride + left * channels;
      bytes.set(from.subarray(begin, begin + length), to + row * length);
    }
  }
}
