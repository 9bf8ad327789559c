import { dirname, join } from "node:path";
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
import { rememberLooks } from "./look-lines.js";
import { engineFlags, type PipelineOptions } from "./pipeline-options.js";
import { stderrLogger } from "./stderr-logger.js";
import { eosinFolder } from "./store-folder.js";
import { admission, pluginOrigins } from "./trust/admission.js";
import { ownProject } from "./trust/own-project.js";

export interface LoadedDocument {
  readonly document: PipelineDocument;
  readonly registry: PluginRegistry;
}

export interface LoadedPipeline extends LoadedDocument {
  readonly plan: Plan;
  readonly store: Store;
  readonly runsFolder: string;
}

/** Where a document and its variables come from; the disk and this process unless said. */
export interface PipelineSource {
  readonly read?: LoadDocumentOptions["read"];
  readonly env?: Environment;
  /** Whether somebody else may have written it: then no project is its own. */
  readonly sent?: boolean;
}

export async function loadPipelineDocument(
  file: string,
  options: PipelineOptions,
  hasher?: FileHasher,
  { read, sent }: PipelineSource = {},
): Promise<LoadedDocument> {
  readLimits(options.limit);
  const document = await loadDocument(file, { profile: options.profile, set: options.set, read });
  const project = sent ? undefined : ownProject(dirname(document.file));
  const whose = sent ? "a run that you made here" : "the document's own project";
  const admit = admission({ project, whose, trust: options.trust });
  const registry = await loadPlugins(document, { from: pluginOrigins, documentLast: sent, hasher, admit });
  return { document, registry };
}

/** Document → plan: the first two phases, shared by run, plan and explain. */
export async function loadPipeline(
  file: string,
  options: PipelineOptions & { readonly fresh?: boolean },
  source: PipelineSource = {},
): Promise<LoadedPipeline> {
  const folder = eosinFolder(options.store);
  const store = await openStore(join(folder, "store"), { rehash: options.fresh });
  const { document, registry } = await loadPipelineDocument(file, options, store.hasher, source);
  const plan = await createPlan(document, registry, {
    engine: engineFlags(options),
    log: stderrLogger,
    env: source.env ?? documentEnvironment(),
    limits: readLimits(options.limit),
    hasher: store.hasher,
  });
  if (source.read === undefined) rememberLooks(file, options, plan);
  return { document, registry, plan, store, runsFolder: join(folder, "runs") };
}
