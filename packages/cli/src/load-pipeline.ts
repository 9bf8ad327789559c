import { join } from "node:path";
import {
  createPlan,
  type Environment,
  type LoadDocumentOptions,
  loadDocument,
  loadPlugins,
  openStore,
  type PipelineDocument,
  type Plan,
  type PluginRegistry,
  readLimits,
  type Store,
} from "@eosin/core";
import type { FileHasher } from "@eosin/plugin-api";
import { documentEnvironment } from "./document-environment.js";
import { engineFlags, type PipelineOptions } from "./pipeline-options.js";
import { stderrLogger } from "./stderr-logger.js";
import { eosinFolder } from "./store-folder.js";

export interface LoadedDocument {
  readonly document: PipelineDocument;
  readonly registry: PluginRegistry;
}

export interface LoadedPipeline extends LoadedDocument {
  readonly plan: Plan;
  readonly store: Store;
  readonly runsFolder: string;
}

/** Where plugins are looked for after the document's own folder: beside this command. */
export const pluginOrigins: readonly string[] = [import.meta.url];

/** Where a document and its variables come from; the disk and this process unless said. */
export interface PipelineSource {
  readonly read?: LoadDocumentOptions["read"];
  readonly env?: Environment;
}

export async function loadPipelineDocument(
  file: string,
  options: PipelineOptions,
  hasher?: FileHasher,
  { read }: PipelineSource = {},
): Promise<LoadedDocument> {
  readLimits(options.limit);
  const document = await loadDocument(file, { profile: options.profile, set: options.set, read });
  return { document, registry: await loadPlugins(document, { from: pluginOrigins, hasher }) };
}

/** Document → plan: the first two phases, shared by run, plan and explain. */
export async function loadPipeline(
  file: string,
  options: PipelineOptions,
  source: PipelineSource = {},
): Promise<LoadedPipeline> {
  const folder = eosinFolder(options.store);
  const store = await openStore(join(folder, "store"));
  const { document, registry } = await loadPipelineDocument(file, options, store.hasher, source);
  const plan = await createPlan(document, registry, {
    engine: engineFlags(options),
    log: stderrLogger,
    env: source.env ?? documentEnvironment(),
    limits: readLimits(options.limit),
    hasher: store.hasher,
  });
  return { document, registry, plan, store, runsFolder: join(folder, "runs") };
}
