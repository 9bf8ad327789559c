import { loadPluginsByName, type PluginRegistry } from "@eosin/core";
import { ownPlugins } from "./package-info.js";
import { pluginsBeside } from "./plugins-beside.js";
import { admission, pluginOrigins } from "./trust/admission.js";
import { ownProject } from "./trust/own-project.js";

/**
 * The plugins that come with this command (its dependencies named `plugins-…`), those of the project in the working
 * folder, and those named beside them.
 * @param more As the user typed them.
 * @param trust `--trust`: what is outside the project of the working folder is loaded and remembered.
 */
export async function installedPlugins(more: readonly string[] = [], trust?: boolean): Promise<PluginRegistry> {
  const names = [...ownPlugins(), ...pluginsBeside(process.cwd()), ...more];
  return loadPluginsByName(Object.fromEntries(names.map((name) => [name, "*"])), process.cwd(), {
    from: pluginOrigins,
    admit: admission({
      project: ownProject(process.cwd()),
      whose: "the project of the working folder",
      typed: more,
      trust,
    }),
  });
}
