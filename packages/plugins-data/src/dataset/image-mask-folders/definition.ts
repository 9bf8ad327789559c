import { defineDataset } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { readingOptions } from "../pairs/reading-options.js";

const folderPair = z.strictObject({
  domain: z.string().min(1),
  image: z.string().min(1).describe("Folder of the images."),
  mask: z.string().min(1).describe("Folder of the masks."),
});

export const imageMaskFoldersOptions = z
  .strictObject({
    root: z.string().min(1).optional().describe("Folder with one sub-folder a domain: <domain>/{image,mask}/<id>.png."),
    folders: z.array(folderPair).min(1).optional().describe("Instead of `root`: the folders of each domain."),
    imageFolder: z.string().min(1).default("image").describe("Name of the image folder below <domain>."),
    maskFolder: z.string().min(1).default("mask").describe("Name of the mask folder below <domain>."),
    maskSuffix: z.string().default("").describe("What follows the image's name in the mask's, e.g. _mask."),
    domains: z.array(z.string()).min(1).optional().describe("Only these domains."),
    limit: z.int().min(1).optional().describe("At most so many samples of each domain, the first by name."),
    ...readingOptions,
  })
  .refine((options) => (options.root === undefined) !== (options.folders === undefined), {
    error: "Give either `root` or `folders`.",
  });
export type ImageMaskFoldersOptions = z.output<typeof imageMaskFoldersOptions>;

export const imageMaskFolders = defineDataset({
  type: "data/image-mask-folders",
  summary: "Folders of images and binary masks of the same names (PNG, JPEG, TIFF), one pair of folders a domain.",
  options: imageMaskFoldersOptions,
  files: ["root"],
  create: async ({ options, modules }) =>
    (await import("./image-mask-folders.js")).createImageMaskFolders(options, modules),
});
