import { lightness } from "../colour-spaces/lab.js";
import { TISSUE_LIGHTNESS } from "./tissue.js";

/** Scalar twin: a byte a pixel, 1 tissue, 0 background. */
export function tissueMask(rgb: Uint8Array, share = TISSUE_LIGHTNESS): Uint8Array {
  return Uint8Array.from({ length: rgb.length / 3 }, (_, i) =>
    lightness(rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]) < share * 255 ? 1 : 0,
  );
}
