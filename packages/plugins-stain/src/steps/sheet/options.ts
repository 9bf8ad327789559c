import { artifact, augmenterKind, component, normalizerKind, separatorKind } from "@eosin/plugin-api";
import { splitArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { sheetDefaults } from "./sheet-defaults.js";

const named = <Kind extends string>(kind: Kind, uses: string) => ({ uses, with: {}, kind });

const pixels = z.int().min(8).max(65_536);

export const sheetOptions = z.strictObject({
  split: artifact(splitArtifact).describe("whose training part is shown and fitted on; of a list of splits the first"),
  perDomain: z.int().min(1).max(12).default(1).describe("training patches shown of each scanner"),
  size: z
    .union([pixels, z.strictObject({ width: pixels, height: pixels })])
    .optional()
    .describe("pixels to which patches are resized first, as in training; their own size where left out"),
  interpolation: z
    .enum(["bilinear", "area", "lanczos3", "nearest"])
    .default("bilinear")
    .describe("how images are resized"),
  separator: component(separatorKind)
    .default(named("separator", sheetDefaults.separator))
    .describe("what the stains are separated with"),
  normalizers: z
    .array(component(normalizerKind))
    .max(6)
    .default(sheetDefaults.normalizers.map((uses) => named("normalizer", uses)))
    .describe("each gives one picture of a patch"),
  augmenters: z
    .array(component(augmenterKind))
    .max(12)
    .default(sheetDefaults.augmenters.map((uses) => named("augmenter", uses)))
    .describe("each gives a row of pictures of a patch"),
  draws: z.int().min(1).max(8).default(sheetDefaults.draws).describe("pictures of each augmenter"),
  workers: z.int().min(0).max(64).default(1).describe("threads that read patches; results do not depend on it"),
});

export type SheetOptions = z.output<typeof sheetOptions>;
