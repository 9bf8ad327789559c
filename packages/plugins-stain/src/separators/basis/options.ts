import { z } from "@eosin/plugin-api/zod";
import { isSeparable, unit } from "../../estimation/stain-matrix.js";

const vector = z
  .tuple([z.number(), z.number(), z.number()])
  .refine((entries) => entries.some((entry) => entry !== 0), "a stain without colour");

export const basisSeparatorOptions = z
  .object({
    matrix: z
      .array(vector)
      .min(2)
      .max(3)
      .describe(
        "Two or three stains: the optical density of a unit of each in red, green and blue; scaled to length 1.",
      ),
    stains: z
      .array(z.string().min(1))
      .min(2)
      .max(3)
      .optional()
      .describe("Their names; haematoxylin, eosin and third unless given."),
    white: z.number().min(1).max(255).default(255).describe("The level of a pixel without stain."),
  })
  .refine(({ matrix, stains }) => stains === undefined || stains.length === matrix.length, {
    message: "as many names as rows of the matrix",
    path: ["stains"],
  })
  .refine(({ matrix }) => isSeparable(matrix.map(unit)), {
    message: "rows that tell the stains apart: no two, and no three, alike",
    path: ["matrix"],
  });
