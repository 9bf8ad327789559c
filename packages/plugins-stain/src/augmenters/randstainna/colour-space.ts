import type { Convert } from "../../statistics-space/converted-picture.js";
import { eightBitHsv } from "../../statistics-space/eight-bit-hsv.js";
import { eightBitLab } from "../../statistics-space/eight-bit-lab.js";
import { hed } from "../../statistics-space/hed.js";

export const colourSpaces: { readonly [space in "lab" | "hsv" | "hed"]: Convert } = {
  lab: eightBitLab,
  hsv: eightBitHsv,
  hed,
};
