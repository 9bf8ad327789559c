import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  findPackageFolder,
  findPluginPackage,
  isFolderRequest,
  loadPluginPackages,
  openPluginPackage,
  type Plan,
  type PluginPackage,
  type PluginRegistry,
} from "@eosin/core";
import type { FileHasher } from "@eosin/plugin-api";
import { admission, pluginOrigins } from "./trust/admission.js";
import type { AdmissionRules } from "./trust/admission-rules.js";
import { isPlanMadeHere } from "./trust/made-here.js";
import { ownProject } from "./trust/own-project.js";

/** A run, as its folder holds it. */
export interface RecordedRun {
  readonly folder: string;
  readonly plan: Plan;
}

/**
 * The plugins of a run. One that this user made has those that its document has; of one that somebody sent, Eosin's own
 * come from beside this command, and what only its plan names is asked for.
 * @param trust `--trust`: what is elsewhere is loaded and remembered.
 * @throws EosinError `PLUGIN_UNTRUSTED`, and those of `loadPlugins`
 */
export async function loadRunPlugins(
  { folder, plan }: RecordedRun,
  { hasher, trust }: { readonly hasher: FileHasher; readonly trust?: boolean },
): Promise<PluginRegistry> {
  const madeHere = isPlanMadeHere(join(folder, "plan.json"));
  const rules = madeHere ? madeRun(plan) : sentRun;
  const found = Object.keys(plan.plugins).map((name) => findPlugin(name, plan, madeHere));
  return loadPluginPackages(found, { from: pluginOrigins, hasher, admit: admission({ ...rules, trust }) });
}

/**
 * Whether the modules that a plan locks may be imported, before any of them is. A plan that cannot be read is for who
 * executes it to refuse.
 * @throws EosinError `PLUGIN_UNTRUSTED`
 */
export async function requireAdmitted(planFile: string): Promise<void> {
  // Whoever made it has imported the very files, by path and hash, that it locks.
  if (isPlanMadeHere(planFile)) return;
  const plan = readPlan(planFile);
  if (plan === undefined) return;
  const found = Object.keys(plan.plugins).flatMap((name) => {
    const folder = folderOfLock(plan, name);
    return folder === undefined ? [] : [openPluginPackage(name, { folder })];
  });
  await admission(sentRun)(found);
}

function readPlan(file: string): Plan | undefined {
  try {
    const plan = JSON.parse(readFileSync(file, "utf8")) as Plan;
    return typeof plan.plugins === "object" && plan.plugins !== null ? plan : undefined;
  } catch {
    return undefined;
  }
}

const sentRun: AdmissionRules = { whose: "a run that you made here" };

function madeRun(plan: Plan): AdmissionRules {
  return { whose: "the project of the run's document", project: ownProject(dirname(plan.document.file)) };
}

function findPlugin(name: string, plan: Plan, madeHere: boolean): PluginPackage {
  const { baseFolder } = plan;
  const from = madeHere ? [baseFolder, ...pluginOrigins] : [...pluginOrigins, baseFolder];
  const named = isFolderRequest(name) || from.some((each) => findPackageFolder(name, each) !== undefined);
  const locked = folderOfLock(plan, name);
  if (named || locked === undefined) return findPluginPackage(name, isFolderRequest(name) ? [baseFolder] : from);
  return openPluginPackage(name, { folder: locked });
}

/** Folder plugins go by their own names in a plan, and are where the lock says. */
function folderOfLock({ plugins }: Plan, name: string): string | undefined {
  try {
    const folder = fileURLToPath(plugins[name].folder);
    return existsSync(folder) ? realpathSync(folder) : undefined;
  } catch {
    return undefined;
  }
}
