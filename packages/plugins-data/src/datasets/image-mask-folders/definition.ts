import { defineDataset } from "@eosin/plugin-api/imaging";
import { imageMaskFoldersOptions } from "./options.js";

export const imageMaskFolders = defineDataset({
  type: "data/image-mask-folders",
  summary: "Folders of images and binary masks of the same names (PNG, JPEG, TIFF…), one pair of folders a domain.",
  options: imageMaskFoldersOptions,
  files: ["root", "excludeFile", "attributes.table"],
  create: async ({ options, modules }) =>
    (await import("./image-mask-folders.js")).createImageMaskFolders(options, modules),
});
