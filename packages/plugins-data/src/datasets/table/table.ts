import { basename, dirname, resolve } from "node:path";
import { PassedOverTally } from "@eosin/pictures";
import type { PluginModules } from "@eosin/plugin-api";
import type { DatasetComponent } from "@eosin/plugin-api/imaging";
import { readExclusion } from "../../pairs/exclusion.js";
import { indexPairs } from "../../pairs/index-pairs.js";
import type { FilePair } from "../../pairs/pair-files.js";
import { counted, datasetOutput, readerSpec } from "../../samples/dataset-output.js";
import { readTable } from "../../tables/read-table.js";
import { chooseDomains } from "../choose-domains.js";
import { listedPairs } from "./listed-pairs.js";
import type { TableOptions } from "./options.js";

/** The order of samples is the table's. */
export function createTable(options: TableOptions, modules: PluginModules = {}): DatasetComponent {
  return {
    async plan(context) {
      const { baseFolder } = context;
      const file = resolve(baseFolder, options.file);
      const root = options.root === undefined ? dirname(file) : resolve(baseFolder, options.root);
      const passedOver = new PassedOverTally();
      const remarks: string[] = [];
      const exclude = await readExclusion(options, baseFolder);
      const table = await readTable(file, "Correct the option `file`; it is relative to the document's folder.");
      const all = await listedPairs(table, root, options, {
        exclude,
        passedOver,
        remarks,
        onFault: context.onFault,
      });
      exclude.refuseUnknown(all.map((each) => each.id));
      const present = [...new Set(all.map((each) => each.domain))];
      const chosen = chooseDomains(present, options.domains, file);
      const pairs: FilePair[] = [];
      const taken = new Map<string, number>();
      for (const pair of all.filter((each) => chosen.includes(each.domain))) {
        const count = (taken.get(pair.domain) ?? 0) + 1;
        taken.set(pair.domain, count);
        if (count <= (options.limit ?? Number.POSITIVE_INFINITY)) pairs.push(pair);
      }
      const samples = await indexPairs(pairs, context, options);
      const name = basename(file).replace(/\.[^.]*$/, "");
      const summary = `${counted(samples.length, "image")} of ${counted(chosen.length, "domain")} from ${basename(file)}`;
      const reader = readerSpec("data/table", options);
      return datasetOutput({ name, summary, reader, samples, passedOver: passedOver.list(), remarks });
    },
    read: async (entry) => (await import("../../pairs/read-pair.js")).readPair(entry, options),
    look: async (context) => (await import("../../look/look-at-dataset.js")).lookAtDataset(options, modules, context),
  };
}
