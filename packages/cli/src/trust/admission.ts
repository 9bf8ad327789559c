import { findPackageFolder, type PluginPackage } from "@eosin/core";
import type { AdmissionRules } from "./admission-rules.js";
import { isInside } from "./own-project.js";

/** Where packages beside this command are looked for. */
export const pluginOrigins: readonly string[] = [new URL("../load-pipeline.js", import.meta.url).href];

/**
 * Says which plugins may be imported, as importing one runs its code with the user's rights: those of the project, those
 * beside this command, and what the user agreed to before.
 * @returns What throws EosinError `PLUGIN_UNTRUSTED` for others where nobody can be asked, or who is asked declines.
 */
export function admission(rules: AdmissionRules): (found: readonly PluginPackage[]) => Promise<void> {
  return async (found) => {
    const strangers = found.filter((each) => !isOwn(each, rules) && !isBeside(each));
    // Loaded where there is a stranger: most commands never meet one.
    if (strangers.length > 0) await (await import("./admit-strangers.js")).admitStrangers(strangers, rules);
  };
}

/** A link in the project's `node_modules` (a workspace, `npm link`) leads to a package of the project. */
function isOwn({ request, folder, holder }: PluginPackage, { project, typed = [] }: AdmissionRules): boolean {
  if (typed.includes(request)) return true;
  return project !== undefined && [folder, holder].some((each) => each !== undefined && isInside(each, project));
}

function isBeside({ folder, manifest }: PluginPackage): boolean {
  const { name } = manifest;
  return name !== undefined && pluginOrigins.some((from) => findPackageFolder(name, from) === folder);
}
