import { readFileSync } from "node:fs";
import { findPackageFolder, readPackageManifest } from "@eosin/core";
import { API_VERSION } from "@eosin/plugin-api";

/** Ranges of the packages that a new plugin builds on: what is installed beside this command, and later compatible ones. */
export function packageRanges(): { readonly [name: string]: string } {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly version: string;
    readonly dependencies: { readonly [name: string]: string };
  };
  const beside = Object.keys(manifest.dependencies).filter((name) => name.startsWith("@eosin/"));
  return Object.fromEntries([
    ["@eosin/cli", `^${manifest.version}`],
    ...beside.map((name) => [name, `^${installedVersion(name)}`]),
  ]);
}

function installedVersion(name: string): string {
  const folder = findPackageFolder(name, import.meta.url);
  return folder === undefined ? API_VERSION : readPackageManifest(folder).version;
}

/** Whether Eosin is found from the folder already, so that nothing has to be installed there. */
export function hasEosin(folder: string): boolean {
  return ["@eosin/cli", "@eosin/plugin-api", "zod", "typescript"].every(
    (name) => findPackageFolder(name, folder) !== undefined,
  );
}
