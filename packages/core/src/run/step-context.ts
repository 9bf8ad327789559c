import {
  createRng,
  type Fallback,
  type Logger,
  type Look,
  type LookContext,
  type OutputWriter,
  type StepContext,
} from "@eosin/plugin-api";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { fillIn } from "../secrets/stand-in.js";
import type { Store } from "../store/store.js";
import { drawSteps } from "./draw-steps.js";
import type { RunEvent } from "./event.js";
import { lookAt, tracedLooks } from "./looks.js";
import { openInput, openInputItems, openStored } from "./open-input.js";
import type { ProgressThrottle } from "./progress-throttle.js";
import { provenanceOf } from "./provenance.js";
import { veilOf } from "./veil-of.js";

/** One instance of a plan that is being computed. */
export interface StepWork {
  readonly plan: Plan;
  readonly instance: PlanInstance;
  readonly store: Store;
  readonly signal: AbortSignal;
  emit(event: RunEvent): void;
}

/** What a look runs with, over what a step does. @param planned The instance that it opens. */
export function lookContext({ plan, instance, store }: StepWork, step: StepContext, planned: string): LookContext {
  return {
    ...step,
    planned: fillIn(plan.planned[planned], plan.secrets ?? [], process.env, instance.place),
    cache: store.cacheFolder(instance.uses),
    rng: (...key) => createRng(0, instance.uses, ...key),
    lookAt: async (handle) => {
      const look = lookAt(plan, handle.$artifact.instance);
      return look && openStored<Look>("look", look, instance, plan, store);
    },
  };
}

export async function stepContext(
  { plan, instance, store, signal }: StepWork,
  log: Logger,
  scratch: string,
  output: OutputWriter,
  progress: ProgressThrottle,
): Promise<StepContext> {
  // Reports alone print it; others must not depend on it.
  const looks = instance.kind === "reporter" ? await tracedLooks(plan, [instance], store) : [];
  return {
    instance: instance.id,
    axes: instance.axes,
    seed: plan.seed,
    threads: instance.resources.threads,
    engine: instance.parts.engine && plan.engine?.identity,
    signal,
    log,
    output: { write: (name, data) => output.write(name, veilOf(plan).bytes(data)), moveIn: output.moveIn },
    scratch,
    baseFolder: plan.baseFolder,
    provenance: provenanceOf(plan, [instance], looks),
    missing: instance.missing,
    drawSteps: () => drawSteps(plan, instance),
    open: (handle) => openInput(handle, instance, plan, store),
    openItems: (handle) => openInputItems(handle, instance, plan, store),
    progress: (update) => progress.update(update),
    rng: (...key) => createRng(plan.seed, instance.uses, ...key),
  };
}

export function loggerOf({ instance, emit }: StepWork): Logger {
  const say = (level: "info" | "warn") => (message: string, about?: Fallback) =>
    emit({ type: "instance-log", instance: instance.id, level, message, ...(about && { about }) });
  return { info: say("info"), warn: say("warn") };
}
