/**
 * Nearest-neighbour resize as OpenCV's `INTER_NEAREST`: output `i` takes input `floor(i · input / output)`.
 * @param data (height, width, channels)
 * @returns (toHeight, toWidth, channels)
 */
export function resizeNearest(
  data: Uint8Array,
  width: number,
  height: number,
  channels: number,
  toWidth: number,
  toHeight: number,
): Uint8Array {
  const columns = sourceIndices(width, toWidth);
  const rows = sourceIndices(height, toHeight);
  const out = new Uint8Array(toWidth * toHeight * channels);
  let at = 0;
  for (let y = 0; y < toHeight; y++) {
    const row = rows[y] * width;
    for (let x = 0; x < toWidth; x++) {
      const from = (row + columns[x]) * channels;
      for (let c = 0; c < channels; c++) out[at++] = data[from + c];
    }
  }
  return out;
}

function sourceIndices(input: number, output: number): Int32Array {
  const scale = 1 / (output / input);
  return Int32Array.from({ length: output }, (_, i) => Math.min(Math.floor(i * scale), input - 1));
}
