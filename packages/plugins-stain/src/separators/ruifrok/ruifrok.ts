import type { Separator } from "@eosin/plugin-api/imaging";
import { HED_STAINS } from "../../colour-spaces/hed.js";
import { separateByBasis } from "../../estimation/basis-separation.js";
import { type StainVector, unit } from "../../estimation/stain-matrix.js";

const [hr, hg, hb, er, eg, eb, dr, dg, db] = HED_STAINS;
const VECTORS: readonly StainVector[] = [unit([hr, hg, hb]), unit([er, eg, eb]), unit([dr, dg, db])];
const NAMES = ["haematoxylin", "eosin", "DAB"];

export function createRuifrokSeparator(stains: 2 | 3): Separator {
  const basis = { matrix: VECTORS.slice(0, stains), stains: NAMES.slice(0, stains), white: 255 };
  return { separate: (image) => separateByBasis(image, basis) };
}
