import type { PipelineOptions } from "../pipeline-options.js";

/** What `pipe plan` has where nothing else is said. */
export function plainFlags(trust: boolean): PipelineOptions {
  const unsaid = { profile: undefined, engine: undefined, device: undefined, precision: undefined, store: undefined };
  return { ...unsaid, set: [], limit: [], trust };
}
