import { basename, join, resolve } from "node:path";
import { holdsNothing, isFolder, listFolders, PassedOverTally } from "@eosin/pictures";
import type { PluginModules } from "@eosin/plugin-api";
import type { DatasetComponent, SampleEntry } from "@eosin/plugin-api/imaging";
import { readExclusion } from "../../pairs/exclusion.js";
import { indexPairs } from "../../pairs/index-pairs.js";
import { type FilePair, pairFiles } from "../../pairs/pair-files.js";
import type { PairFolders, PairingRules } from "../../pairs/pairing-rules.js";
import { remarkOnSpelling } from "../../pairs/spelling.js";
import { counted, datasetOutput, readerSpec } from "../../samples/dataset-output.js";
import { withAttributes } from "../attributes.js";
import { chooseDomains } from "../choose-domains.js";
import type { CosasOptions } from "./options.js";

/** The order in which the paper's code lists the scanners of task 2; other domains follow by name. */
const PAPER_ORDER = ["kfbio-400", "3d-1000", "teksqray-600p"];
const NEXT =
  "Set `root` to the folder that holds task1 and task2 of the COSAS 2024 archive (task2/<scanner>/{image,mask}/<id>.png).";
const DEEPER = "they are deeper than those of the archive";

/** `{root}/task{1,2}/{scanner or organ}/{image,mask}/<id>.png`; the masks are 0/1, 0/255 or three equal channels. */
export function createCosas(options: CosasOptions, modules: PluginModules = {}): DatasetComponent {
  return {
    async plan(context) {
      const { baseFolder } = context;
      const root = resolve(baseFolder, options.root);
      const tasks = Array.isArray(options.task) ? options.task : [options.task];
      const passedOver = new PassedOverTally();
      const respelled: string[] = [];
      const exclude = await readExclusion(options, baseFolder);
      const rules: PairingRules = {
        next: NEXT,
        deeper: DEEPER,
        unpaired: options.unpaired,
        exclude,
        passedOver,
        respelled,
        namingOptions: false,
        onFault: context.onFault,
      };
      const found = await listPairs(root, tasks, options, rules);
      const remarks = remarkOnSpelling(respelled);
      const pairs = await withAttributes(found, options.attributes, baseFolder, remarks);
      const samples = await indexPairs(pairs, context, options);
      const reader = readerSpec("data/cosas", options);
      const summary = summaryOf(samples, tasks, root);
      return datasetOutput({ name: "cosas", summary, reader, samples, passedOver: passedOver.list(), remarks });
    },
    read: async (entry) => (await import("../../pairs/read-pair.js")).readPair(entry, options),
    look: async (context) => (await import("../../look/look-at-dataset.js")).lookAtDataset(options, modules, context),
  };
}

async function listPairs(
  root: string,
  tasks: readonly number[],
  options: CosasOptions,
  rules: PairingRules,
): Promise<FilePair[]> {
  const folders: PairFolders[] = [];
  for (const task of [...new Set(tasks)]) {
    const domains = await listFolders(join(root, `task${task}`), NEXT);
    for (const { name, path } of domains.sort((a, b) => byPaperOrder(a.name, b.name))) {
      const part = (which: string) => ({
        folder: join(path, which),
        label: `task${task}/${name}/${which}`,
        prefix: "",
        suffix: "",
      });
      const parts = { image: part("image"), mask: part("mask") };
      // Unpacking may leave empty folders behind.
      if ((await isFolder(parts.image.folder)) || !(await holdsNothing(path))) folders.push({ domain: name, ...parts });
    }
  }
  const present = folders.map((each) => each.domain);
  const chosen = new Set(chooseDomains(present, options.domains, root));
  const pairs: FilePair[] = [];
  for (const each of folders.filter(({ domain }) => chosen.has(domain))) {
    pairs.push(...(await pairFiles(each, rules)).slice(0, options.limit));
  }
  rules.exclude.refuseUnknown(
    pairs.map((each) => each.id),
    (id) => present.some((domain) => !chosen.has(domain) && id.startsWith(`${domain}/`)),
  );
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
