import { defineDataset } from "@eosin/plugin-api/imaging";
import { imageFilesOptions } from "./options.js";

export const imageFiles = defineDataset({
  type: "model/image-files",
  summary: "Images without masks, to be predicted.",
  options: imageFilesOptions,
  files: ["images"],
  create: async ({ options }) => new (await import("./image-files.js")).ImageFiles(options),
});
