import type { Separator } from "@eosin/plugin-api/imaging";
import type { z } from "@eosin/plugin-api/zod";
import { separateByBasis } from "../../estimation/basis-separation.js";
import { unit } from "../../estimation/stain-matrix.js";
import type { basisSeparatorOptions } from "./options.js";

const NAMES = ["haematoxylin", "eosin", "third"];

export function createBasisSeparator({ matrix, stains, white }: z.output<typeof basisSeparatorOptions>): Separator {
  const basis = { matrix: matrix.map(unit), stains: stains ?? NAMES.slice(0, matrix.length), white };
  return { separate: (image) => separateByBasis(image, basis) };
}
