/**
 * Shrinks (or enlarges) grey pictures of one size by area, fed a row at a time: each output is the mean of the input
 * that it covers, partly covered pixels by their share. Nothing is allocated once it is made. The one in
 * `image/resize-area` wants the whole picture; here the pass over the pixels does other things besides.
 */
export class AreaMeans {
  /** (toHeight, toWidth), in the unit of the input; whole once every row was added. */
  readonly means: Float64Array;
  private readonly sums: Float64Array;
  private readonly column: Int32Array;
  private readonly starts: Int32Array;
  private readonly shares: Float64Array;
  private readonly rowsPerOutput: number;
  private row = 0;
  private output = 0;

  constructor(
    readonly width: number,
    readonly height: number,
    readonly toWidth: number,
    readonly toHeight: number,
  ) {
    this.means = new Float64Array(toWidth * toHeight);
    this.sums = new Float64Array(width);
    this.rowsPerOutput = height / toHeight;
    this.column = new Int32Array(toWidth);
    this.starts = new Int32Array(toWidth + 1);
    const shares: number[] = [];
    const columnsPerOutput = width / toWidth;
    for (let x = 0; x < toWidth; x++) {
      const begin = x * columnsPerOutput;
      const end = Math.min((x + 1) * columnsPerOutput, width);
      this.column[x] = Math.min(Math.floor(begin), width - 1);
      for (let from = this.column[x]; from < end; from++) {
        shares.push((Math.min(end, from + 1) - Math.max(begin, from)) / columnsPerOutput / this.rowsPerOutput);
      }
      this.starts[x + 1] = shares.length;
    }
    this.shares = Float64Array.from(shares);
  }

  /** Begins another picture. */
  begin(): void {
    this.row = 0;
    this.output = 0;
    this.sums.fill(0);
  }

  /** @param data The next row. */
  addRow(data: Uint8Array): void {
    const top = this.row++;
    while (this.output < this.toHeight) {
      const begin = this.output * this.rowsPerOutput;
      const end = this.output === this.toHeight - 1 ? this.height : begin + this.rowsPerOutput;
      this.addShare(data, Math.min(top + 1, end) - Math.max(top, begin));
      if (end > top + 1) return;
      this.finishOutput();
    }
  }

  /** The means, as whole numbers. */
  rounded(): Uint8Array {
    const out = new Uint8Array(this.means.length);
    for (let i = 0; i < out.length; i++) out[i] = this.means[i] + 0.5;
    return out;
  }

  private addShare(data: Uint8Array, share: number): void {
    const { sums } = this;
    if (share === 1) for (let i = 0; i < sums.length; i++) sums[i] += data[i];
    // The remainder of a division may fall below nothing by a rounding.
    else if (share > 0) for (let i = 0; i < sums.length; i++) sums[i] += share * data[i];
  }

  private finishOutput(): void {
    const { sums, means, shares, starts, column, toWidth } = this;
    const to = this.output++ * toWidth;
    for (let x = 0; x < toWidth; x++) {
      let sum = 0;
      for (let k = starts[x], from = column[x]; k < starts[x + 1]; k++, from++) sum += shares[k] * sums[from];
      means[to + x] = sum;
    }
    sums.fill(0);
  }
}
