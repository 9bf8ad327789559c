import { mkdir } from "node:fs/promises";
import {
  createRng,
  EosinError,
  type Fallback,
  isEosinError,
  type Logger,
  type StepComponent,
  type StepContext,
} from "@eosin/plugin-api";
import { loadLockedPlugins } from "../container/load-plugins.js";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { fillIn } from "../secrets/stand-in.js";
import type { ArtifactWriter } from "../store/artifact-writer.js";
import { contentHash } from "../store/manifest.js";
import { requireJson } from "../store/plain-json.js";
import type { Store } from "../store/store.js";
import { toStoreError, withStoreErrors } from "../store/store-error.js";
import { drawSteps } from "./draw-steps.js";
import type { RunEvent } from "./event.js";
import { openInput } from "./open-input.js";
import { ProgressThrottle } from "./progress-throttle.js";
import { provenanceOf } from "./provenance.js";
import { veilOf } from "./veil-of.js";

export interface Computation {
  readonly plan: Plan;
  readonly instance: PlanInstance;
  readonly store: Store;
  /** Computes although there is an output, and from the start. */
  readonly fresh: boolean;
  readonly signal: AbortSignal;
  emit(event: RunEvent): void;
}

/** Computes one instance in this process and stores its artifact, unless another run did so meanwhile. */
export async function computeInstance(work: Computation): Promise<"computed" | "reused"> {
  const { instance, store, signal } = work;
  const log = loggerOf(work);
  const release = await store.lock(instance.fingerprint, {
    signal,
    onWait: (holder) => log.info(`waits for ${holder}, which computes the same`),
  });
  try {
    await store.finishCommit(instance.fingerprint);
    const before = await store.find(instance.fingerprint);
    if (before && !work.fresh) return "reused";
    const scratch = store.scratchFolder(instance.fingerprint);
    if (work.fresh) await store.clearScratch(instance.fingerprint);
    await withStoreErrors(store.folder, () => mkdir(scratch, { recursive: true }));
    const stored = await runStep(work, log, scratch);
    if (before && contentHash(before.manifest) !== contentHash(stored)) {
      log.warn(`computed afresh it is not what it was before: ${instance.uses} is not deterministic`);
    }
    return "computed";
  } finally {
    release();
  }
}

async function runStep(work: Computation, log: Logger, scratch: string) {
  const { plan, instance, store, signal, emit } = work;
  const registry = await loadLockedPlugins(plan.plugins, store.hasher);
  const { fingerprint, step, id, axes, uses, kind, plugin, produces, parts, options } = instance;
  const writer = await store.writer({ fingerprint, step, instance: id, axes, uses, produces, parts });
  const progress = new ProgressThrottle((update) => emit({ type: "instance-progress", instance: id, update }));
  try {
    const filled = fillIn(options, plan.secrets ?? [], process.env, instance.place);
    const component = await registry.create<StepComponent>({ uses, with: filled, kind, plugin }, log);
    signal.throwIfAborted();
    const value = await component.run(stepContext(work, log, scratch, writer, progress));
    requireJson(value, id);
    return await writer.commit(veilOf(plan).value(value));
  } catch (error) {
    throw signal.aborted ? error : asStepError(error, instance, store);
  } finally {
    progress.flush();
  }
}

function stepContext(
  { plan, instance, store, signal }: Computation,
  log: Logger,
  scratch: string,
  output: ArtifactWriter,
  progress: ProgressThrottle,
): StepContext {
  return {
    instance: instance.id,
    axes: instance.axes,
    seed: plan.seed,
    threads: instance.resources.threads,
    signal,
    log,
    output: { write: (name, data) => output.write(name, veilOf(plan).bytes(data)), moveIn: output.moveIn },
    scratch,
    baseFolder: plan.baseFolder,
    provenance: provenanceOf(plan, [instance]),
    missing: instance.missing,
    drawSteps: () => drawSteps(plan, instance),
    open: (handle) => openInput(handle, instance, plan, store),
    progress: (update) => progress.update(update),
    rng: (...key) => createRng(plan.seed, instance.uses, ...key),
  };
}

function loggerOf({ instance, emit }: Computation): Logger {
  const say = (level: "info" | "warn") => (message: string, about?: Fallback) =>
    emit({ type: "instance-log", instance: instance.id, level, message, ...(about && { about }) });
  return { info: say("info"), warn: say("warn") };
}

/** A full disk is one wherever it strikes; anything that is no user's fault names the step. */
function asStepError(error: unknown, instance: PlanInstance, store: Store): unknown {
  const known = isFileFault(error, store.folder) ? toStoreError(error, store.folder) : error;
  if (isEosinError(known)) return known;
  return new EosinError({
    code: "STEP_FAILED",
    message: `${instance.id} (${instance.uses}) failed: ${error instanceof Error ? error.message : String(error)}`,
    place: instance.place,
    next: `This is a fault in the plugin ${instance.plugin}: report it with the stack in events.jsonl of the run.`,
    cause: error,
  });
}

function isFileFault(error: unknown, folder: string): boolean {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  return code === "ENOSPC" || code === "EDQUOT" || (path?.startsWith(folder) ?? false);
}
