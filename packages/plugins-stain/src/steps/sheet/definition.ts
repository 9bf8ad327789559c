import { defineStep } from "@eosin/plugin-api";
import { stainSheetArtifact } from "@eosin/plugin-api/imaging";
import { sheetOptions } from "./options.js";

export const stainSheet = defineStep({
  type: "stain/sheet",
  summary: "Shows stains, normalised pictures and augmentations of a few training patches of each scanner.",
  options: sheetOptions,
  produces: stainSheetArtifact,
  immaterial: ["workers"],
  resources: ({ workers }) => ({ loaders: workers }),
  create: async (context) => (await import("./sheet.js")).createStainSheet(context),
});
