import { mkdir } from "node:fs/promises";
import {
  type ComponentSpec,
  EosinError,
  isEosinError,
  type Logger,
  lookArtifact,
  type PlannedComponent,
  type StepComponent,
} from "@eosin/plugin-api";
import { messageOf } from "@eosin/support/message-of";
import { loadLockedPlugins } from "../container/load-plugins.js";
import type { PlanInstance } from "../plan/plan.js";
import { fillIn } from "../secrets/stand-in.js";
import { contentHash } from "../store/manifest.js";
import type { Store } from "../store/store.js";
import { toStoreError, withStoreErrors } from "../store/store-error.js";
import { fitting } from "./fitting-value.js";
import { ProgressThrottle } from "./progress-throttle.js";
import { loggerOf, lookContext, type StepWork, stepContext } from "./step-context.js";
import { veilOf } from "./veil-of.js";

export interface Computation extends StepWork {
  /** Computes although there is an output, and from the start. */
  readonly fresh: boolean;
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
      log.warn(`computed again it is not what it was before: ${instance.uses} is not deterministic`);
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
    const context = await stepContext(work, log, scratch, writer, progress);
    const filled = fillIn(options, plan.secrets ?? [], process.env, instance.place);
    const spec: ComponentSpec<StepComponent & PlannedComponent> = { uses, with: filled, kind, plugin };
    const component = await registry.create(spec, log);
    signal.throwIfAborted();
    const { looksAt } = instance;
    const value = looksAt === undefined ? component.run(context) : component.look!(lookContext(work, context, looksAt));
    const type = looksAt === undefined ? registry.find(uses)?.definition.produces : lookArtifact;
    return await writer.commit(veilOf(plan).value(fitting(await value, type, work)));
  } catch (error) {
    throw signal.aborted ? error : asStepError(error, instance, store);
  } finally {
    progress.flush();
  }
}

/** A full disk is one wherever it strikes; anything that is not a user's fault names the step. */
function asStepError(error: unknown, instance: PlanInstance, store: Store): unknown {
  const known = isFileFault(error, store.folder) ? toStoreError(error, store.folder) : error;
  if (isEosinError(known)) return known;
  return new EosinError({
    code: "STEP_FAILED",
    message: `${instance.id} (${instance.uses}) failed: ${messageOf(error)}`,
    place: instance.place,
    next: `This is a fault in the plugin ${instance.plugin}: report it with the stack in events.jsonl of the run.`,
    cause: error,
  });
}

function isFileFault(error: unknown, folder: string): boolean {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  return code === "ENOSPC" || code === "EDQUOT" || (path?.startsWith(folder) ?? false);
}
