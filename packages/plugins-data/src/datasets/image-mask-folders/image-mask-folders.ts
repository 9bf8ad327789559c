import { basename, resolve } from "node:path";
import { PassedOverTally } from "@eosin/pictures";
import type { PluginModules } from "@eosin/plugin-api";
import type { DatasetComponent } from "@eosin/plugin-api/imaging";
import { readExclusion } from "../../pairs/exclusion.js";
import { indexPairs } from "../../pairs/index-pairs.js";
import { type FilePair, pairFiles } from "../../pairs/pair-files.js";
import type { PairingRules } from "../../pairs/pairing-rules.js";
import { remarkOnSpelling } from "../../pairs/spelling.js";
import { counted, datasetOutput, readerSpec } from "../../samples/dataset-output.js";
import { withAttributes } from "../attributes.js";
import { chooseDomains } from "../choose-domains.js";
import { checkDomain, findDomains, NEXT } from "./domain-folders.js";
import type { ImageMaskFoldersOptions } from "./options.js";

export function createImageMaskFolders(
  options: ImageMaskFoldersOptions,
  modules: PluginModules = {},
): DatasetComponent {
  const { unpaired, recursive } = options;
  return {
    async plan(context) {
      const { baseFolder } = context;
      const passedOver = new PassedOverTally();
      const respelled: string[] = [];
      const exclude = await readExclusion(options, baseFolder);
      const rules: PairingRules = {
        next: NEXT,
        unpaired,
        recursive,
        exclude,
        passedOver,
        respelled,
        namingOptions: true,
        onFault: context.onFault,
      };
      const all = await findDomains(options, baseFolder, passedOver);
      const present = all.map((each) => each.domain);
      const chosen = chooseDomains(present, options.domains, options.root ?? "folders");
      const found: FilePair[] = [];
      for (const folders of all.filter((each) => chosen.includes(each.domain))) {
        if (!(await checkDomain(folders, options, baseFolder, passedOver))) continue;
        found.push(...(await pairFiles(folders, rules)).slice(0, options.limit));
      }
      exclude.refuseUnknown(
        found.map((each) => each.id),
        (id) => present.some((domain) => !chosen.includes(domain) && id.startsWith(`${domain}/`)),
      );
      const remarks = remarkOnSpelling(respelled);
      const pairs = await withAttributes(found, options.attributes, baseFolder, remarks);
      const samples = await indexPairs(pairs, context, options);
      const name = options.root === undefined ? "folders" : basename(resolve(baseFolder, options.root));
      const summary = `${counted(samples.length, "image")} of ${counted(chosen.length, "domain")} from ${name}`;
      const reader = readerSpec("data/image-mask-folders", options);
      return datasetOutput({ name, summary, reader, samples, passedOver: passedOver.list(), remarks });
    },
    read: async (entry) => (await import("../../pairs/read-pair.js")).readPair(entry, options),
    look: async (context) => (await import("../../look/look-at-dataset.js")).lookAtDataset(options, modules, context),
  };
}
