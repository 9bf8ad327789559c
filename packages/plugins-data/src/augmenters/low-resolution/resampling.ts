/** How one axis of a picture goes to a lower resolution and back. */
export interface AxisResampling {
  /** The pixels that are kept, by their place. */
  readonly kept: Int32Array;
  /** For each pixel that comes back, the kept ones that it is made of, by their number: two, or four. */
  readonly places: Int32Array;
  readonly weights: Float32Array;
}

/** Of cubic convolution (Keys 1981), as PyTorch and OpenCV have it. */
const CUBIC = -0.75;

/** @param scale Above 0, at most 1; one pixel is kept at least. */
export function resamplingOf(size: number, scale: number, upsampling: "bilinear" | "cubic"): AxisResampling {
  const low = Math.max(1, Math.round(size * scale));
  const kept = new Int32Array(low);
  for (let i = 0; i < low; i++) kept[i] = Math.floor(((i + 0.5) * size) / low);
  const taps = upsampling === "cubic" ? 4 : 2;
  const places = new Int32Array(taps * size);
  const weights = new Float32Array(taps * size);
  for (let i = 0; i < size; i++) {
    const exact = ((i + 0.5) * low) / size - 0.5;
    const first = Math.floor(exact);
    const share = exact - first;
    for (let tap = 0; tap < taps; tap++) {
      const place = first + tap - (taps === 4 ? 1 : 0);
      places[taps * i + tap] = Math.max(0, Math.min(low - 1, place));
      weights[taps * i + tap] = taps === 4 ? cubicWeight(Math.abs(share + 1 - tap)) : tap === 0 ? 1 - share : share;
    }
  }
  return { kept, places, weights };
}

function cubicWeight(distance: number): number {
  if (distance <= 1) return ((CUBIC + 2) * distance - (CUBIC + 3)) * distance * distance + 1;
  if (distance < 2) return (((distance - 5) * distance + 8) * distance - 4) * CUBIC;
  return 0;
}
