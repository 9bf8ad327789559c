import { defineDataset } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";

export const imageFilesOptions = z.strictObject({
  images: z.array(z.string()).default([]).describe("Image files, and folders that are searched for images."),
});

export const imageFiles = defineDataset({
  type: "model/image-files",
  summary: "Images without masks, to be predicted.",
  options: imageFilesOptions,
  files: ["images"],
  create: async ({ options }) => new (await import("./image-files.js")).ImageFiles(options.images),
});
