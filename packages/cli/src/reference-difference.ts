import { loadDocument, type PipelineDocument } from "@eosin/core";

/** One value that differs from the profile that the document names as its reference. */
export interface Difference {
  /** `params.size`, `steps.data.uses`, `seed`. */
  readonly path: string;
  readonly here: string;
  readonly reference: string;
}

/**
 * What this run changes against the document's `referenceProfile` (the paper's settings, in Eosin's own pipelines).
 * @returns Nothing where the document names no reference, or is it.
 */
export async function differencesFromReference(document: PipelineDocument): Promise<readonly Difference[]> {
  if (document.referenceProfile === undefined) return [];
  if (document.referenceProfile === document.profile) return [];
  const reference = await loadDocument(document.file, { profile: document.referenceProfile });
  const differences: Difference[] = [];
  compare("params", document.resolved.params, reference.resolved.params, differences);
  const [ownSteps, referenceSteps] = [stepsOf(document), stepsOf(reference)];
  for (const step of new Set([...Object.keys(ownSteps), ...Object.keys(referenceSteps)])) {
    const here = ownSteps[step];
    const there = referenceSteps[step];
    if (here?.uses !== there?.uses) {
      differences.push({ path: `steps.${step}`, here: here?.uses ?? "(none)", reference: there?.uses ?? "(none)" });
    } else {
      compare(`steps.${step}`, here?.with ?? {}, there?.with ?? {}, differences);
    }
  }
  return differences;
}

function compare(path: string, here: unknown, reference: unknown, into: Difference[]): void {
  if (isMap(here) && isMap(reference)) {
    for (const key of new Set([...Object.keys(here), ...Object.keys(reference)])) {
      compare(`${path}.${key}`, here[key], reference[key], into);
    }
  } else if (JSON.stringify(here) !== JSON.stringify(reference)) {
    into.push({ path, here: show(here), reference: show(reference) });
  }
}

function stepsOf(document: PipelineDocument): Record<string, { uses?: string; with?: unknown } | undefined> {
  return document.resolved.steps as Record<string, { uses?: string; with?: unknown }>;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  if (value === undefined) return "(default)";
  if (typeof value === "string") return value;
  return JSON.stringify(value);
}
