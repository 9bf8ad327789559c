import { EosinError } from "@eosin/plugin-api";
import type { Separator } from "@eosin/plugin-api/imaging";
import type { z } from "zod";
import { isSeparable, separateByBasis } from "../../separation/basis-separation.js";
import { unit } from "../../separation/stain-matrix.js";
import type { basisSeparatorOptions } from "./definition.js";

const NAMES = ["haematoxylin", "eosin", "third"];

/** @throws EosinError `STAINS_ALIKE` where the vectors do not tell the stains apart. */
export function createBasisSeparator(options: z.output<typeof basisSeparatorOptions>): Separator {
  const matrix = options.matrix.map(unit);
  if (!isSeparable(matrix)) {
    throw new EosinError({
      code: "STAINS_ALIKE",
      message: "The stated stain vectors do not tell the stains apart.",
      place: "matrix",
      expected: "rows that are linearly independent",
      found: JSON.stringify(options.matrix),
      next: "Give each stain a direction of its own.",
    });
  }
  const basis = { matrix, stains: options.stains ?? NAMES.slice(0, matrix.length), white: options.white };
  return { separate: (image) => separateByBasis(image, basis) };
}
