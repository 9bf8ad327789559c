import { z } from "@eosin/plugin-api/zod";

const share = z.number().min(0).max(1);

export const syntheticOptions = z.strictObject({
  scanners: z.int().min(1).max(6).default(3).describe("Number of scanners, each with its own stain and optics."),
  perScanner: z.int().min(1).default(24).describe("Patches of each scanner."),
  firstPatch: z
    .int()
    .min(0)
    .max(9999)
    .default(0)
    .describe("Number of each scanner's first patch: another range gives other patches of the same scanners."),
  size: z.int().min(32).max(2048).default(192).describe("Pixels of a patch's side; the field shown stays the same."),
  seed: z.int().min(0).optional().describe("Of the drawing; the plan's seed where left out."),
  tumourFree: share.default(0.06).describe("Share of patches without tumour."),
  confounders: z
    .number()
    .min(0)
    .max(3)
    .default(1)
    .describe("Crowd of lymphocyte clusters and normal glands; 1 is usual."),
  atypia: share.default(1).describe("How unlike normal nuclei those of tumour are."),
});

export type SyntheticOptions = z.output<typeof syntheticOptions>;
