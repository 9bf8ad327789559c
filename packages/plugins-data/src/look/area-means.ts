/**
 * Shrinks (or enlarges) grey pictures of one size by area, fed a row at a time: each output is the mean of the input
 * that it covers, partly covered pixels by their share. Nothing is allocated once it is made. The one in
 * `image/resize-area` wants the whole picture; here the pass over the pixels does other things besides, and may go over
 * the picture in bands of columns, from left to right.
 */
export class AreaMeans {
  /** (toHeight, toWidth), in the unit of the input; whole once every row was added. */
  readonly means: Float64Array;
  private readonly columnsPerOutput: number;
  private readonly rowsPerOutput: number;
  private row = 0;
  private output = 0;
  private left = 0;
  private right = 0;

  constructor(
    readonly width: number,
    readonly height: number,
    readonly toWidth: number,
    readonly toHeight: number,
  ) {
    this.means = new Float64Array(toWidth * toHeight);
    this.columnsPerOutput = width / toWidth;
    this.rowsPerOutput = height / toHeight;
  }

  /** Begins another picture. */
  begin(): void {
    this.means.fill(0);
  }

  /** Begins the columns from `left` up to `right`, whose rows come next. */
  beginBand(left: number, right: number): void {
    this.row = 0;
    this.output = 0;
    this.left = left;
    this.right = right;
  }

  /**
   * The next row of the band.
   * @param sums By column of the band, 0 at its begin; whoever adds writes them, and they are emptied here.
   * @param addShare Adds this share of the row to them.
   */
  addRow(sums: Float64Array, addShare: (share: number) => void): void {
    const top = this.row++;
    while (this.output < this.toHeight) {
      const begin = this.output * this.rowsPerOutput;
      const end = this.output === this.toHeight - 1 ? this.height : begin + this.rowsPerOutput;
      const share = Math.min(top + 1, end) - Math.max(top, begin);
      // The remainder of a division may fall below nothing by a rounding.
      if (share > 0) addShare(share);
      if (end > top + 1) return;
      this.finishOutput(sums);
    }
  }

  /** The means, as whole numbers. */
  rounded(): Uint8Array {
    const out = new Uint8Array(this.means.length);
    for (let i = 0; i < out.length; i++) out[i] = this.means[i] + 0.5;
    return out;
  }

  private finishOutput(sums: Float64Array): void {
    const { means, width, toWidth, columnsPerOutput, rowsPerOutput, left, right } = this;
    const whole = 1 / columnsPerOutput / rowsPerOutput;
    const to = this.output++ * toWidth;
    for (let x = 0; x < toWidth; x++) {
      const begin = x * columnsPerOutput;
      const end = Math.min((x + 1) * columnsPerOutput, width);
      const last = Math.min(end, right);
      let sum = means[to + x];
      for (let from = Math.max(left, Math.min(Math.floor(begin), width - 1)); from < last; from++) {
        const isWhole = from >= begin && from + 1 <= end;
        const share = isWhole
          ? whole
          : (Math.min(end, from + 1) - Math.max(begin, from)) / columnsPerOutput / rowsPerOutput;
        sum += share * sums[from - left];
      }
      means[to + x] = sum;
    }
    sums.fill(0, 0, right - left);
  }
}
