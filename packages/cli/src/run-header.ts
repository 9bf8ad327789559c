import { relative } from "node:path";
import type { PipelineDocument } from "@eosin/core";
import type { Colors } from "@eosin/plugin-api/commands";
import { type DatasetIndex, datasetRemarks } from "@eosin/plugin-api/imaging";
import type { LoadedPipeline, PipelineSource } from "./load-pipeline.js";
import { differencesFromReference } from "./reference-difference.js";
import { showValue } from "./settings-table.js";

const mostDifferences = 12;

/**
 * The run's first lines: which profile, which data, which engine, and what differs from the paper.
 * @param source Where the document was read from.
 */
export async function runHeader(loaded: LoadedPipeline, colors: Colors, source?: PipelineSource): Promise<string[]> {
  const { document, plan } = loaded;
  const lines = [colors.bold(document.name) + (document.description ? `  ${document.description}` : "")];
  const label = (name: string) => colors.dim(name.padEnd(9));
  lines.push(`${label("profile")}${document.profile ?? "(none)"}`);
  for (const instance of plan.instances) {
    if (instance.kind !== "dataset" || instance.looksAt !== undefined) continue;
    const planned = plan.planned[instance.id];
    const value = planned && "value" in planned ? (planned.value as Partial<DatasetIndex>) : undefined;
    lines.push(`${label("data")}${value?.summary ?? instance.uses}`);
    for (const remark of datasetRemarks(value ?? {})) lines.push(label("") + colors.dim(remark));
  }
  if (plan.engine) {
    const { name, version, precision, threads, device } = plan.engine.identity;
    const where = device === "cpu" ? `${threads} thread${threads === 1 ? "" : "s"}` : device;
    lines.push(`${label("engine")}${name} ${version}, ${precision}, ${where}`);
    lines.push(label("") + colors.dim(plan.engine.reason));
  }
  lines.push(`${label("seed")}${plan.seed}`);
  const differences = await differencesFromReference(loaded, source);
  if (differences.length > 0) {
    lines.push(`differs from profile ${colors.bold(document.referenceProfile as string)} in:`);
    const width = Math.max(...differences.slice(0, mostDifferences).map((each) => each.path.length));
    for (const each of differences.slice(0, mostDifferences)) {
      const reference = colors.dim(`(${showValue(each.reference)})`);
      lines.push(`  ${each.path.padEnd(width)}  ${showValue(each.here)}  ${reference}`);
    }
    if (differences.length > mostDifferences) {
      lines.push(`  … and ${differences.length - mostDifferences} more: ${diffCommand(document)}`);
    }
  }
  return lines;
}

/** What shows all that a profile changes, with the lines that say so. */
function diffCommand({ file, profile, referenceProfile }: PipelineDocument): string {
  const shown = relative(process.cwd(), file);
  const own = profile === undefined ? "" : ` --profile-a ${profile}`;
  return `pipe diff ${shown} ${shown}${own} --profile-b ${referenceProfile}`;
}
