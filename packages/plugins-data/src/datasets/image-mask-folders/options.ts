import { z } from "@eosin/plugin-api/zod";
import { readingOptions } from "../../pairs/reading-options.js";
import { fileOptions } from "../file-options.js";

const folderPair = z.strictObject({
  domain: z.string().min(1),
  image: z.string().min(1).describe("Folder of the images."),
  mask: z.string().min(1).describe("Folder of the masks."),
});

const ending = z.string().regex(/^\.?\w+$/, { error: "An ending such as png." });

export const imageMaskFoldersOptions = z
  .strictObject({
    root: z.string().min(1).optional().describe("Folder with one sub-folder a domain: <domain>/{image,mask}/<id>.png."),
    folders: z.array(folderPair).min(1).optional().describe("Instead of `root`: the folders of each domain."),
    domain: z
      .string()
      .min(1)
      .optional()
      .describe("Where `root` has no folders of domains: {image,mask}/<id>.png are one domain of this name."),
    imageFolder: z.string().min(1).default("image").describe("Name of the image folder below <domain>; . is <domain>."),
    maskFolder: z.string().min(1).default("mask").describe("Name of the mask folder; may be that of the images."),
    imagePrefix: z
      .string()
      .default("")
      .describe("What an image's name begins with that its mask's does not, e.g. img_."),
    imageSuffix: z.string().default("").describe("What an image's name ends with that its mask's does not, e.g. _he."),
    maskPrefix: z
      .string()
      .default("")
      .describe("What a mask's name begins with that its image's does not, e.g. mask_."),
    maskSuffix: z.string().default("").describe("What follows the image's name in the mask's, e.g. _mask."),
    imageEndings: z.array(ending).min(1).optional().describe("Only images with these endings, e.g. [jpg]."),
    maskEndings: z.array(ending).min(1).optional().describe("Only masks with these endings, e.g. [png]."),
    recursive: z
      .boolean()
      .default(false)
      .describe("Also what is in folders below: image/pat1/a.png pairs with mask/pat1/a.png."),
    domains: z.array(z.string()).min(1).optional().describe("Only these domains."),
    limit: z.int().min(1).optional().describe("At most so many samples of each domain, the first by name."),
    ...fileOptions,
    ...readingOptions,
  })
  .refine((options) => (options.root === undefined) !== (options.folders === undefined), {
    error: "Give either `root` or `folders`.",
  })
  .refine((options) => options.domain === undefined || options.root !== undefined, {
    error: "`domain` goes with `root`; each of `folders` has a domain of its own.",
  });

export type ImageMaskFoldersOptions = z.output<typeof imageMaskFoldersOptions>;
