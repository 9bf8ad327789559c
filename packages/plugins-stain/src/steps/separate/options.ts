import { artifact, component, separatorKind } from "@eosin/plugin-api";
import { datasetArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../../estimation/unsuitable-option.js";

const pixels = z.int().min(8).max(65_536);

export const separateOptions = z.strictObject({
  dataset: artifact(datasetArtifact).describe("whose samples are separated"),
  separator: component(separatorKind)
    .default({ uses: "stain/spcn-separator", with: {}, kind: "separator" })
    .describe("what the stains are separated with"),
  size: z
    .union([pixels, z.strictObject({ width: pixels, height: pixels })])
    .optional()
    .describe("pixels to which patches are resized first; their own size where left out"),
  interpolation: z
    .enum(["bilinear", "area", "lanczos3", "nearest"])
    .default("bilinear")
    .describe("how images are resized"),
  ...unsuitableOption,
  workers: z.int().min(0).max(64).default(1).describe("threads that read patches; results do not depend on it"),
});
