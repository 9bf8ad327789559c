import { readFileSync } from "node:fs";
import { loadPluginsByName, type PluginRegistry } from "@eosin/core";
import { pluginOrigins } from "./load-pipeline.js";

/** The plugins that come with this command (its dependencies named `plugins-…`), and those named beside them. */
export async function installedPlugins(more: readonly string[] = []): Promise<PluginRegistry> {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const own = Object.keys(manifest.dependencies).filter((name) => /\/(plugins-|engine$)/.test(name));
  return loadPluginsByName(Object.fromEntries([...own, ...more].map((name) => [name, "*"])), process.cwd(), {
    from: pluginOrigins,
  });
}
