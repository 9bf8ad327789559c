import type { EngineSettings } from "@eosin/core";
import type { OptionValues, pipelineOptions } from "@eosin/plugin-api/commands";

/** What every command that reads a pipeline takes. */
export type PipelineOptions = OptionValues<typeof pipelineOptions>;

/** What the flags say of the engine, over the document. */
export function engineFlags({ engine, precision, device }: PipelineOptions): Partial<EngineSettings> {
  return { name: engine, precision, device };
}
