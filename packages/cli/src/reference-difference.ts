import { differingSettings, loadDocument, readSettings } from "@eosin/core";
import type { JsonValue } from "@eosin/plugin-api";
import { documentEnvironment } from "./document-environment.js";
import type { LoadedPipeline, PipelineSource } from "./load-pipeline.js";

/** One value that differs from the profile that the document names as its reference. */
export interface Difference {
  /** `params.size`, `steps.data`, `seed`. */
  readonly path: string;
  /** Absent where only the reference has it. */
  readonly here?: JsonValue;
  /** Absent where the reference does not have it. */
  readonly reference?: JsonValue;
}

/**
 * What this run changes against the document's `referenceProfile` (the paper's settings, in Eosin's own pipelines). A
 * component in the place of another is one difference, whatever its options.
 * @returns Nothing where the document names no reference, or is it.
 */
export async function differencesFromReference(
  { document, plan, registry }: Pick<LoadedPipeline, "document" | "plan" | "registry">,
  { read, env = documentEnvironment() }: PipelineSource = {},
): Promise<readonly Difference[]> {
  const profile = document.referenceProfile;
  if (profile === undefined || profile === document.profile) return [];
  const reference = readSettings(await loadDocument(document.file, { profile, read }), registry, { env });
  const differences = differingSettings(plan.settings ?? [], reference);
  const exchanged = differences.flatMap(({ path }) => componentAt(path) ?? []);
  return differences
    .filter(({ path }) => !exchanged.some((component) => path.startsWith(`${component}.with.`)))
    .map(({ path, a, b }) => ({ path: componentAt(path) ?? path, here: a?.value, reference: b?.value }));
}

/** `steps.data` of `steps.data.uses` */
function componentAt(path: string): string | undefined {
  return /^(.*)\.uses$/.exec(path)?.[1];
}
