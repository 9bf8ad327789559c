import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { PluginRegistry } from "@eosin/core";

/** The names of plugins that were asked for by name or by folder, from the working folder. */
export function requestedPlugins(registry: PluginRegistry, requests: readonly string[]): readonly string[] {
  const byFolder = new Map(
    Object.entries(registry.plugins).map(([name, { folder }]) => [fileURLToPath(folder), name] as const),
  );
  return requests.map((request) =>
    isFolder(request) ? (byFolder.get(realpathSync(resolve(request))) ?? request) : request,
  );
}

/** `./folder` and `../folder`, as documents write them, and the working folder itself. */
export function isFolder(request: string): boolean {
  return /^\.{1,2}(\/|$)/.test(request);
}
