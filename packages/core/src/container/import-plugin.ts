import { EosinError, type PluginDefinition, type SourcePlace } from "@eosin/plugin-api";
import { messageOf } from "@eosin/support/message-of";

/** @throws EosinError `PLUGIN_LOAD_FAILED`, `PLUGIN_INVALID` */
export async function importPlugin(name: string, module: string, place?: SourcePlace): Promise<PluginDefinition> {
  let exported: { default?: unknown };
  try {
    exported = await import(module);
  } catch (cause) {
    throw new EosinError({
      code: "PLUGIN_LOAD_FAILED",
      message: `The plugin ${name} could not be loaded: ${messageOf(cause)}`,
      place: place ?? module,
      next: `Install the plugin's dependencies (npm install in its folder) or fix the module ${module}.`,
      cause,
    });
  }
  if (!isPlugin(exported.default)) {
    throw new EosinError({
      code: "PLUGIN_INVALID",
      message: `The main module of ${name} is not a plugin.`,
      place: place ?? module,
      expected: "export default definePlugin({ name, components: […] })",
      found:
        exported.default === undefined ? "no default export" : `a default export of type ${typeof exported.default}`,
    });
  }
  return exported.default;
}

function isPlugin(value: unknown): value is PluginDefinition {
  return typeof value === "object" && value !== null && (value as { $eosin?: unknown }).$eosin === "plugin";
}
