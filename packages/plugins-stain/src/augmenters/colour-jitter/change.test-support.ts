import { scalarHsvToRgb, scalarRgbToHsv } from "../../colour-spaces/hsv.test-support.js";
import { lumaThousandths } from "../../colour-spaces/luma.test-support.js";

/** Twins of the changes, in doubles: they change interleaved 8-bit RGB in place. */

export const scalarBrightness = (factor: number) => (rgb: Uint8Array) => mapLevels(rgb, (v) => v * factor);

export const scalarContrast = (factor: number) => (rgb: Uint8Array) => {
  let sum = 0;
  for (let i = 0; i < rgb.length; i += 3) sum += lumaThousandths(rgb[i], rgb[i + 1], rgb[i + 2]);
  const mean = Math.round((3 * sum) / (1000 * rgb.length));
  mapLevels(rgb, (v) => mean + (v - mean) * factor);
};

export const scalarSaturation = (factor: number) => (rgb: Uint8Array) => {
  for (let i = 0; i < rgb.length; i += 3) {
    const luma = lumaThousandths(rgb[i], rgb[i + 1], rgb[i + 2]) / 1000;
    for (let c = i; c < i + 3; c++) rgb[c] = byte(luma + (rgb[c] - luma) * factor);
  }
};

export const scalarHue = (turns: number) => (rgb: Uint8Array) => {
  const shift = Math.round(turns * 180);
  if (shift === 0) return;
  scalarRgbToHsv(rgb, rgb);
  for (let i = 0; i < rgb.length; i += 3) rgb[i] = (rgb[i] + shift + 180) % 180;
  scalarHsvToRgb(rgb, rgb);
};

function mapLevels(rgb: Uint8Array, level: (v: number) => number): void {
  for (let i = 0; i < rgb.length; i++) rgb[i] = byte(level(rgb[i]));
}

function byte(value: number): number {
  return Math.round(Math.max(0, Math.min(255, value)));
}
