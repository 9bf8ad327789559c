import type { Sample } from "../../imaging/sample.js";
import { broken } from "../checklist.js";

/** Of a pattern that stayed behind it is near 0; of one that moved along near 1, less where the image was blurred. */
const leastCorrelation = 0.5;

/**
 * Mask and densities of a two-tone sample still lie on its pattern: their correlation with one of the image's channels.
 * It is taken with and without the pixels of pure black or white: geometry fills corners with them, and a strong change
 * of colour makes whole tones of them.
 */
export function checkFollowsImage({ image, mask, density }: Sample): void {
  const all = Array.from({ length: image.width * image.height }, (_, i) => i);
  const inside = all.filter(
    (i) => ![0, 765].includes(image.data[3 * i] + image.data[3 * i + 1] + image.data[3 * i + 2]),
  );
  const views = [all, inside].map((pixels) => ({
    pixels,
    channels: [0, 1, 2].map((c) => pixels.map((i) => image.data[3 * i + c])).filter((values) => deviation(values) >= 4),
  }));
  // A picture of one colour has no pattern left to follow.
  if (views.some(({ channels }) => channels.length === 0)) return;
  const compare = (what: string, valueAt: (pixel: number) => number) => {
    const found = views.flatMap(({ pixels, channels }) => {
      const values = pixels.map(valueAt);
      return channels.map((channel) => Math.abs(correlation(channel, values)));
    });
    const best = Math.max(...found);
    if (best >= leastCorrelation) return;
    broken(
      `a ${what} that lies where the image's pattern lies (correlation at least ${leastCorrelation})`,
      `correlation ${best.toFixed(2)}`,
      "What moves the image must move mask and density too.",
    );
  };
  if (mask) compare("mask", (i) => mask.data[i]);
  if (density) compare("density map", (i) => density.data[density.stains * i]);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = a.reduce((sum, value, i) => sum + (value - meanA) * (b[i] - meanB), 0) / a.length;
  const scale = deviation(a) * deviation(b);
  return scale === 0 ? 0 : covariance / scale;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length);
}
