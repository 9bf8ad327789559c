import { HED_STAINS, HED_UNMIX, LOG_FLOOR, RELATIVE_DENSITY } from "./hed.js";

/** Float64 twin of what the kernel does first. */
export function scalarRgbToHed(rgb: Uint8Array, hed: Float64Array): void {
  const [a, b, c, d, e, f, g, h, i] = HED_UNMIX;
  for (let at = 0; at + 2 < rgb.length; at += 3) {
    const red = RELATIVE_DENSITY[rgb[at]];
    const green = RELATIVE_DENSITY[rgb[at + 1]];
    const blue = RELATIVE_DENSITY[rgb[at + 2]];
    hed[at] = Math.max(0, red * a + green * d + blue * g);
    hed[at + 1] = Math.max(0, red * b + green * e + blue * h);
    hed[at + 2] = Math.max(0, red * c + green * f + blue * i);
  }
}

/** Float64 twin of what the kernel does last. */
export function scalarHedToRgb(hed: Float64Array, rgb: Float64Array): void {
  const [a, b, c, d, e, f, g, h, i] = HED_STAINS.map((weight) => weight * LOG_FLOOR);
  for (let at = 0; at + 2 < hed.length; at += 3) {
    const x = hed[at];
    const y = hed[at + 1];
    const z = hed[at + 2];
    rgb[at] = Math.min(1, Math.exp(x * a + y * d + z * g));
    rgb[at + 1] = Math.min(1, Math.exp(x * b + y * e + z * h));
    rgb[at + 2] = Math.min(1, Math.exp(x * c + y * f + z * i));
  }
}
