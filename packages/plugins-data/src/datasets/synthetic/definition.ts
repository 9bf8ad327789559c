import { defineDataset } from "@eosin/plugin-api/imaging";
import { syntheticOptions } from "./options.js";

export const synthetic = defineDataset({
  type: "data/synthetic",
  summary: "H&E patches drawn from stain densities, with true masks and densities; needs no files.",
  options: syntheticOptions,
  create: async ({ options }) => (await import("./synthetic.js")).createSynthetic(options),
});
