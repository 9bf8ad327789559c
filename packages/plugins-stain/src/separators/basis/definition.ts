import { defineSeparator } from "@eosin/plugin-api/imaging";
import { z } from "zod";
import { isSeparable, unit } from "../../separation/stain-matrix.js";

const vector = z
  .tuple([z.number(), z.number(), z.number()])
  .refine((entries) => entries.some((entry) => entry !== 0), "a stain without colour");

export const basisSeparatorOptions = z
  .object({
    /** Two or three stains, each the optical density of a unit in red, green and blue; scaled to unit length. */
    matrix: z.array(vector).min(2).max(3),
    /** Their names; `haematoxylin`, `eosin`, `third` unless given. */
    stains: z.array(z.string().min(1)).min(2).max(3).optional(),
    /** The level of a pixel without stain. */
    white: z.number().min(1).max(255).default(255),
  })
  .refine(({ matrix, stains }) => stains === undefined || stains.length === matrix.length, {
    message: "as many names as rows of the matrix",
    path: ["stains"],
  })
  .refine(({ matrix }) => isSeparable(matrix.map(unit)), {
    message: "rows that tell the stains apart: no two, and no three, alike",
    path: ["matrix"],
  });

export const basisSeparator = defineSeparator({
  type: "stain/basis-separator",
  summary: "Two or three stains along vectors that the document states.",
  options: basisSeparatorOptions,
  create: async ({ options }) => (await import("./basis-separator.js")).createBasisSeparator(options),
});
