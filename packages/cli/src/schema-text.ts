import { type PluginRegistry, pipelineJsonSchema } from "@eosin/core";

/** The JSON Schema of pipelines for these plugins, as a file holds it. */
export function schemaText(registry: PluginRegistry): string {
  return `${JSON.stringify(pipelineJsonSchema(registry), null, 2)}\n`;
}
