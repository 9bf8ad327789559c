/**
 * Separable Gaussian blur, edges repeated.
 * @param data (height, width, channels)
 * @param sigma Standard deviation in pixels; 0 gives the data back.
 */
export function gaussianBlur(
  data: Float32Array,
  width: number,
  height: number,
  channels: number,
  sigma: number,
): Float32Array {
  const reach = Math.ceil(3 * sigma);
  if (reach === 0) return data;
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / sigma) ** 2));
  const sum = kernel.reduce((total, each) => total + each, 0);
  for (let i = 0; i < kernel.length; i++) kernel[i] /= sum;
  const across = blurAlong(data, kernel, height, width, width * channels, channels, channels);
  return blurAlong(across, kernel, width, height, channels, width * channels, channels);
}

/** Blurs `lines` lines of `length` places, `lineStep` and `step` apart. */
function blurAlong(
  data: Float32Array,
  kernel: Float32Array,
  lines: number,
  length: number,
  lineStep: number,
  step: number,
  channels: number,
): Float32Array {
  const out = new Float32Array(data.length);
  const reach = (kernel.length - 1) / 2;
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = -reach; k <= reach; k++) {
          const j = Math.min(Math.max(i + k, 0), length - 1);
          sum += kernel[k + reach] * data[line * lineStep + j * step + c];
        }
        out[line * lineStep + i * step + c] = sum;
      }
    }
  }
  return out;
}
