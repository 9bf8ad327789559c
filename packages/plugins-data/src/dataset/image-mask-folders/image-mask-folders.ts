import { basename, join, resolve } from "node:path";
import type { PluginModules } from "@eosin/plugin-api";
import type { DatasetComponent } from "@eosin/plugin-api/imaging";
import { chooseDomains } from "../choose-domains.js";
import { counted, datasetOutput, readerSpec } from "../dataset-output.js";
import { listFolders } from "../pairs/folder-listing.js";
import { indexPairs } from "../pairs/index-pairs.js";
import { type FilePair, type PairFolders, pairFiles } from "../pairs/pair-files.js";
import type { ImageMaskFoldersOptions } from "./definition.js";

const NEXT = "Set `root` to a folder of <domain>/{image,mask}, or name the folders with `folders`.";

export function createImageMaskFolders(options: ImageMaskFoldersOptions, modules: PluginModules): DatasetComponent {
  return {
    async plan(context) {
      const all = await foldersOf(options, context.baseFolder);
      const present = all.map((each) => each.domain);
      const chosen = chooseDomains(present, options.domains, options.root ?? "folders");
      const pairs: FilePair[] = [];
      for (const folders of all.filter((each) => chosen.includes(each.domain))) {
        pairs.push(...(await pairFiles(folders, NEXT)).slice(0, options.limit));
      }
      const samples = await indexPairs(pairs, context, options);
      const name = options.root === undefined ? "folders" : basename(resolve(context.baseFolder, options.root));
      const summary = `${counted(samples.length, "image")} of ${counted(chosen.length, "domain")} from ${name}`;
      const reader = readerSpec("data/image-mask-folders", options);
      return datasetOutput({ name, summary, reader, samples });
    },
    read: async (entry) => (await import("../pairs/read-pair.js")).readPair(entry, options),
    look: async (context) => (await import("../../look/look-at-dataset.js")).lookAtDataset(options, modules, context),
  };
}

async function foldersOf(options: ImageMaskFoldersOptions, baseFolder: string): Promise<PairFolders[]> {
  const { imageFolder, maskFolder, maskSuffix, root } = options;
  if (root === undefined) {
    return (options.folders ?? []).map(({ domain, image, mask }) => ({
      domain,
      image: resolve(baseFolder, image),
      mask: resolve(baseFolder, mask),
      maskSuffix,
    }));
  }
  const folder = resolve(baseFolder, root);
  const domains = await listFolders(folder, NEXT);
  return domains.map((domain) => ({
    domain,
    image: join(folder, domain, imageFolder),
    mask: join(folder, domain, maskFolder),
    maskSuffix,
  }));
}
