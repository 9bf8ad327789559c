import { z } from "@eosin/plugin-api/zod";
import { probability, range } from "../option-schemas.js";

export const affineOptions = z.strictObject({
  rotation: z
    .strictObject({
      p: probability.default(0.2).describe("Probability that a patch is turned."),
      degrees: range({ least: -360, most: 360 })
        .default([-180, 180])
        .describe("Range of the angle, counter-clockwise, in degrees."),
    })
    .prefault({})
    .describe("Turns about the middle."),
  scale: z
    .strictObject({
      p: probability.default(0.2).describe("Probability that a patch is scaled."),
      factor: range({ least: 0.05, most: 20 })
        .default([0.7, 1.4])
        .describe("Range of the factor; above 1 what is in the picture gets larger."),
      axes: z
        .enum(["together", "apart"])
        .default("together")
        .describe("Whether both axes have one factor, or each draws its own."),
    })
    .prefault({})
    .describe("Enlarges or shrinks."),
  shear: z
    .strictObject({
      p: probability.default(0).describe("Probability that a patch is sheared."),
      degrees: range({ least: -40, most: 40 })
        .default([-10, 10])
        .describe("Range of the angle by which each axis leans, in degrees; each axis draws its own."),
    })
    .prefault({})
    .describe("Lets the axes lean."),
  shift: z
    .strictObject({
      p: probability.default(0).describe("Probability that a patch is shifted."),
      share: range({ least: -1, most: 1 })
        .default([-0.1, 0.1])
        .describe("Range of the way along each axis, as a share of the side; each axis draws its own."),
    })
    .prefault({})
    .describe("Moves right and down."),
});

export type AffineOptions = z.output<typeof affineOptions>;
