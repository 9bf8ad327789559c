/** For each output of an axis: the inputs that it covers, from `first[i]`, and how much of each, in `weights`. */
interface Coverage {
  readonly first: Int32Array;
  /** `starts[i]`…`starts[i + 1]` are the weights of output `i`; they sum to 1. */
  readonly starts: Int32Array;
  readonly weights: Float64Array;
}

function coverage(input: number, output: number): Coverage {
  const scale = input / output;
  const first = new Int32Array(output);
  const starts = new Int32Array(output + 1);
  const weights: number[] = [];
  for (let i = 0; i < output; i++) {
    const begin = i * scale;
    const end = Math.min((i + 1) * scale, input);
    first[i] = Math.min(Math.floor(begin), input - 1);
    for (let j = first[i]; j < end && j < input; j++) {
      weights.push((Math.min(end, j + 1) - Math.max(begin, j)) / (end - begin));
    }
    starts[i + 1] = weights.length;
  }
  return { first, starts, weights: Float64Array.from(weights) };
}

/**
 * Resize by area: each output pixel is the mean of the input that it covers, partly covered pixels by their share
 * (antialiased when shrinking; blocks when enlarging).
 * @param data (height, width, channels)
 * @returns (toHeight, toWidth, channels)
 */
export function resizeArea8(
  data: Uint8Array,
  width: number,
  height: number,
  channels: number,
  toWidth: number,
  toHeight: number,
): Uint8Array {
  const across = coverage(width, toWidth);
  const down = coverage(height, toHeight);
  const stride = toWidth * channels;
  const sum = new Float64Array(stride);
  const out = new Uint8Array(toHeight * stride);
  for (let y = 0; y < toHeight; y++) {
    sum.fill(0);
    for (let k = down.starts[y]; k < down.starts[y + 1]; k++) {
      const row = (down.first[y] + k - down.starts[y]) * width * channels;
      addRow(data, row, channels, across, down.weights[k], sum);
    }
    for (let i = 0; i < stride; i++) out[y * stride + i] = Math.round(sum[i]);
  }
  return out;
}

function addRow(
  data: Uint8Array,
  row: number,
  channels: number,
  across: Coverage,
  weight: number,
  sum: Float64Array,
): void {
  for (let x = 0; x < across.first.length; x++) {
    for (let k = across.starts[x]; k < across.starts[x + 1]; k++) {
      const from = row + (across.first[x] + k - across.starts[x]) * channels;
      const share = weight * across.weights[k];
      for (let c = 0; c < channels; c++) sum[x * channels + c] += share * data[from + c];
    }
  }
}
