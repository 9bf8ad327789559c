import { basename, join, resolve } from "node:path";
import type { PluginModules } from "@eosin/plugin-api";
import type { DatasetComponent, SampleEntry } from "@eosin/plugin-api/imaging";
import { chooseDomains } from "../choose-domains.js";
import { counted, datasetOutput, readerSpec } from "../dataset-output.js";
import { listFolders } from "../pairs/folder-listing.js";
import { indexPairs } from "../pairs/index-pairs.js";
import { type FilePair, pairFiles } from "../pairs/pair-files.js";
import type { CosasOptions } from "./definition.js";

/** The order in which the paper's code lists the scanners of task 2; other domains follow by name. */
const PAPER_ORDER = ["kfbio-400", "3d-1000", "teksqray-600p"];
const NEXT =
  "Set `root` to the folder that holds task1 and task2 of the COSAS 2024 archive (task2/<scanner>/{image,mask}/<id>.png).";

/** `{root}/task{1,2}/{scanner or organ}/{image,mask}/<id>.png`; the masks are 0/1, 0/255 or three equal channels. */
export function createCosas(options: CosasOptions, modules: PluginModules): DatasetComponent {
  return {
    async plan(context) {
      const root = resolve(context.baseFolder, options.root);
      const tasks = Array.isArray(options.task) ? options.task : [options.task];
      const pairs = await listPairs(root, tasks, options);
      const samples = await indexPairs(pairs, context, options);
      const reader = readerSpec("data/cosas", options);
      return datasetOutput({ name: "cosas", summary: summaryOf(samples, tasks, root), reader, samples });
    },
    read: async (entry) => (await import("../pairs/read-pair.js")).readPair(entry, options),
    look: async (context) => (await import("../../look/look-at-dataset.js")).lookAtDataset(options, modules, context),
  };
}

async function listPairs(root: string, tasks: readonly number[], options: CosasOptions): Promise<FilePair[]> {
  const folders: { domain: string; folder: string }[] = [];
  for (const task of [...new Set(tasks)]) {
    const taskFolder = join(root, `task${task}`);
    const domains = await listFolders(taskFolder, NEXT);
    for (const domain of domains.sort(byPaperOrder)) folders.push({ domain, folder: join(taskFolder, domain) });
  }
  const present = folders.map((each) => each.domain);
  const chosen = new Set(chooseDomains(present, options.domains, root));
  const pairs: FilePair[] = [];
  for (const { domain, folder } of folders.filter((each) => chosen.has(each.domain))) {
    const ofDomain = await pairFiles({ domain, image: join(folder, "image"), mask: join(folder, "mask") }, NEXT);
    pairs.push(...ofDomain.slice(0, options.limit));
  }
  return pairs;
}

function byPaperOrder(a: string, b: string): number {
  const rank = (name: string) => (PAPER_ORDER.includes(name) ? PAPER_ORDER.indexOf(name) : PAPER_ORDER.length);
  return rank(a) - rank(b) || (a < b ? -1 : Number(a > b));
}

function summaryOf(samples: readonly SampleEntry[], tasks: readonly number[], root: string): string {
  const domains = new Set(samples.map((each) => each.domain)).size;
  const noun = tasks.length > 1 ? "domain" : tasks[0] === 1 ? "organ" : "scanner";
  return `${counted(samples.length, "patch", "patches")} of ${counted(domains, noun)} from ${basename(root)}`;
}
