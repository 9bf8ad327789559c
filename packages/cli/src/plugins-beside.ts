import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { findPackageFolder, mainFile, readPackageManifest } from "@eosin/core";
import { ownProject } from "./trust/own-project.js";

/** What the package.json of a plugin says of it, so that it is found without being named. */
const keyword = "eosin-plugin";

/**
 * Plugins of the project that the command is in: its own package, where that is one, and those of its dependencies
 * that carry the keyword. What is not built or not installed yet is left out.
 */
export function pluginsBeside(folder: string): readonly string[] {
  const project = ownProject(resolve(folder));
  if (!existsSync(join(project, "package.json"))) return [];
  const { name, dependencies, devDependencies } = readPackageManifest(project);
  const own = name === undefined ? [] : [name];
  return [...own, ...Object.keys({ ...dependencies, ...devDependencies })].filter((each) => {
    const found = each === name ? project : findPackageFolder(each, project);
    if (found === undefined) return false;
    const manifest = readPackageManifest(found);
    return manifest.keywords.includes(keyword) && existsSync(join(found, mainFile(manifest)));
  });
}
