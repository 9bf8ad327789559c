import { defineArtifact } from "../artifact.js";
import { pixels } from "../schemas.js";
import { z } from "../zod.js";

/**
 * The value of a `stain-sheet` artifact: what the stains of some patches look like, and what normalizers and augmenters
 * make of them. Its blobs: `sheet.html`, a page that needs no other file; {@link stainSheetSection}, its content for
 * another page, whose `src` attributes name blobs; and the pictures, PNG.
 */
export interface StainSheet {
  /** The split whose training part it was fitted on; absent where there is none. */
  readonly split?: string;
  /** Type of the separator. */
  readonly separator: string;
  /** What the pictures are normalised to, where that is a patch or a file; it may be one of `patches`. */
  readonly target?: SheetPatch;
  readonly patches: readonly SheetPatch[];
}

/** Name of the blob that is a sheet's content, to be put into another page. */
export const stainSheetSection = "section.html";

/** Pictures are blob names. */
export interface SheetPatch {
  readonly id: string;
  readonly domain: string;
  /** Pixels at which it was separated. */
  readonly width: number;
  readonly height: number;
  readonly picture: string;
  readonly separation: SheetSeparation;
  readonly normalized: readonly SheetNormalization[];
  readonly augmented: readonly SheetDraws[];
}

/** The stains of one patch, or why there are none. */
export interface SheetSeparation {
  /** Why there are no stains to show; completes "left as it is: …". */
  readonly unsuitable?: string;
  readonly stains: readonly SheetStain[];
  /** Degrees between the first two stains. */
  readonly angle?: number;
}

/** One stain of a patch. */
export interface SheetStain {
  readonly name: string;
  /** Optical density of a unit of it in red, green and blue; of unit length. */
  readonly vector: readonly [red: number, green: number, blue: number];
  /** Degrees to the vector that Ruifrok & Johnston (2001) measured, where they did. */
  readonly toReference?: number;
  /** Degrees to the same stain of the target. */
  readonly toTarget?: number;
  /** Its densities, as light through that stain alone. */
  readonly picture: string;
}

/** A patch as one normalizer makes it. */
export interface SheetNormalization {
  /** The normalizer's type, with the options that tell it from others of that type. */
  readonly by: string;
  /** Why the patch passed through unchanged. */
  readonly unchanged?: string;
  readonly picture: string;
}

/** A patch as one augmenter makes it, drawn several times. */
export interface SheetDraws {
  /** The augmenter's type, with the options that tell it from others of that type. */
  readonly by: string;
  /** Why a draw, or all of them, passed through unchanged. */
  readonly unchanged?: string;
  readonly draws: readonly { readonly picture: string; readonly changed: boolean }[];
}

const sheetPatch: z.ZodType<SheetPatch> = z.object({
  id: z.string(),
  domain: z.string(),
  width: pixels,
  height: pixels,
  picture: z.string(),
  separation: z.object({
    unsuitable: z.string().optional(),
    stains: z.array(
      z.object({
        name: z.string(),
        vector: z.tuple([z.number(), z.number(), z.number()]),
        toReference: z.number().optional(),
        toTarget: z.number().optional(),
        picture: z.string(),
      }),
    ),
    angle: z.number().optional(),
  }),
  normalized: z.array(z.object({ by: z.string(), unchanged: z.string().optional(), picture: z.string() })),
  augmented: z.array(
    z.object({
      by: z.string(),
      unchanged: z.string().optional(),
      draws: z.array(z.object({ picture: z.string(), changed: z.boolean() })),
    }),
  ),
});

/** Artifacts of stain sheets. */
export const stainSheetArtifact = defineArtifact<"stain-sheet", StainSheet>(
  "stain-sheet",
  z.object({
    split: z.string().optional(),
    separator: z.string(),
    target: sheetPatch.optional(),
    patches: z.array(sheetPatch),
  }),
);
