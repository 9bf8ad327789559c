import { existsSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import {
  createPlan,
  openStore,
  type Plan,
  readLimits,
  readValidSettings,
  type Setting,
  unsetVariables,
} from "@eosin/core";
import { EosinError, type JsonObject } from "@eosin/plugin-api";
import { documentEnvironment } from "./document-environment.js";
import { type FoundRun, findRun } from "./find-run.js";
import { loadPipelineDocument } from "./load-pipeline.js";
import { engineFlags, type PipelineOptions } from "./pipeline-options.js";
import { stderrLogger } from "./stderr-logger.js";
import { eosinFolder } from "./store-folder.js";

/** One side of a comparison: a document, or what a run was made of. */
export interface ComparedPipeline {
  readonly title: string;
  readonly isRun: boolean;
  readonly settings: readonly Setting[];
  /** Name → version and hash. */
  readonly plugins: { readonly [plugin: string]: { readonly version: string; readonly hash: string } };
  /** Absent where the document cannot be planned here; `unplanned` says why. */
  readonly engine?: JsonObject;
  /** Planned instance → what its content is, in words, and its fingerprint. */
  readonly data?: { readonly [instance: string]: { readonly summary: string; readonly fingerprint: string } };
  readonly unplanned?: string;
}

/**
 * A run is read from its folder; a document is validated, and planned where its data is here.
 * @param named A document's file, or a run as `findRun` takes it.
 * @throws EosinError `RUN_WITHOUT_SETTINGS`, `NO_RUN`, and those of documents
 */
export async function openCompared(named: string, options: PipelineOptions): Promise<ComparedPipeline> {
  if (!isDocument(named)) return ofRun(await findRun(named, options.store));
  const store = await openStore(join(eosinFolder(options.store), "store"));
  const { document, registry } = await loadPipelineDocument(named, options, store.hasher);
  const env = documentEnvironment();
  const engine = engineFlags(options);
  const limits = readLimits(options.limit);
  const common = {
    title: `${named} (profile ${document.profile ?? "none"})`,
    isRun: false,
    settings: readValidSettings(document, registry, { env, engine, limits }),
    plugins: await registry.locks(),
  };
  const unset = unsetVariables(document, env).map(({ name }) => name);
  if (unset.length > 0) return { ...common, unplanned: `${unset.join(", ")} is not set` };
  const plan = await createPlan(document, registry, { engine, log: stderrLogger, env, limits, hasher: store.hasher });
  return { ...common, ...ofPlan(plan) };
}

function isDocument(named: string): boolean {
  return existsSync(named) ? statSync(named).isFile() : /\.ya?ml$/.test(named);
}

function ofRun({ folder, plan }: FoundRun): ComparedPipeline {
  if (plan.settings === undefined) {
    throw new EosinError({
      code: "RUN_WITHOUT_SETTINGS",
      message: "This run was made before runs kept their settings.",
      place: folder,
      expected: "a plan.json that has settings",
      found: "a plan.json without settings",
      next: `pipe run ${plan.document.file}   (what is stored is reused)`,
    });
  }
  const title = relative(process.cwd(), folder) || ".";
  return { title, isRun: true, settings: plan.settings, plugins: plan.plugins, ...ofPlan(plan) };
}

function ofPlan(plan: Plan): Pick<ComparedPipeline, "engine" | "data"> {
  const data = plan.instances.flatMap(({ id, uses, role, fingerprint }) => {
    if (role !== "planned") return [];
    const output = plan.planned[id];
    const value = output && "value" in output ? (output.value as { summary?: string }) : undefined;
    const items = output && "items" in output ? `${output.items.length} items` : uses;
    return [[id, { summary: value?.summary ?? items, fingerprint }] as const];
  });
  return { engine: plan.engine?.identity, data: Object.fromEntries(data) };
}
