import { readFileSync } from "node:fs";
import { loadPluginsByName, type PluginRegistry } from "@eosin/core";
import { pluginOrigins } from "./load-pipeline.js";
import { pluginsBeside } from "./plugins-beside.js";

/**
 * The plugins that come with this command (its dependencies named `plugins-…`), those of the project in the working
 * folder, and those named beside them.
 */
export async function installedPlugins(more: readonly string[] = []): Promise<PluginRegistry> {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const own = Object.keys(manifest.dependencies).filter((name) => /\/(plugins-|engine$)/.test(name));
  const names = [...own, ...pluginsBeside(process.cwd()), ...more];
  return loadPluginsByName(Object.fromEntries(names.map((name) => [name, "*"])), process.cwd(), {
    from: pluginOrigins,
  });
}
