import { defineStep } from "@eosin/plugin-api";
import { separateOptions } from "./options.js";
import { stainSeparationsArtifact } from "./stain-separations.js";

export const separate = defineStep({
  type: "stain/separate",
  summary: "Writes the stain densities and the stain matrix of every sample of a dataset.",
  options: separateOptions,
  produces: stainSeparationsArtifact,
  immaterial: ["workers"],
  resources: ({ workers }) => ({ loaders: workers }),
  create: async (context) => (await import("./separate.js")).createSeparate(context),
});
