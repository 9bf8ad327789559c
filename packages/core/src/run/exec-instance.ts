import { EosinError, serializeError } from "@eosin/plugin-api";
import { messageOf } from "@eosin/support/message-of";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { readPlanFile } from "../plan/plan-file.js";
import { Veil } from "../secrets/veil.js";
import { openStore } from "../store/store.js";
import { computeInstance } from "./compute-instance.js";
import { openEventChannel } from "./event-channel.js";
import { veilOf } from "./veil-of.js";

export interface ExecRequest {
  /** Its folder. */
  readonly store: string;
  /** Computes although there is an output, and from the start. */
  readonly fresh?: boolean;
}

/**
 * The whole life of an instance's process. A fault becomes an event, never an exception; a parent that dies takes this
 * process with it. The caller ends the process afterwards: plugins may have left threads and timers.
 * @returns Whether the artifact is in the store.
 */
export async function execInstance(planFile: string, instance: string, how: ExecRequest): Promise<boolean> {
  const channel = openEventChannel();
  let veil = Veil.of([], {});
  const interruption = new AbortController();
  const fail = async (error: unknown) => {
    const veiled = () => veil.value(serializeError(error));
    if (!interruption.signal.aborted) channel.emit({ type: "instance-failed", instance, error: veiled() });
    await channel.flush();
  };
  const interrupt = () => interruption.abort();
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  process.on("disconnect", () => process.exit(1));
  process.on("uncaughtException", (error) => void fail(error).then(() => process.exit(1)));

  const started = performance.now();
  try {
    const plan = await readPlan(planFile);
    veil = veilOf(plan);
    const found = findInstance(plan, instance);
    const outcome = await computeInstance({
      plan,
      instance: found,
      store: await openStore(how.store),
      fresh: how.fresh ?? false,
      signal: interruption.signal,
      emit: (event) => channel.emit(veil.value(event)),
    });
    if (outcome === "reused") {
      channel.emit({ type: "instance-reused", instance, fingerprint: found.fingerprint });
    } else {
      channel.emit({ type: "instance-done", instance, seconds: (performance.now() - started) / 1000 });
    }
    await channel.flush();
    return true;
  } catch (error) {
    await fail(error);
    return false;
  }
}

async function readPlan(file: string): Promise<Plan> {
  let plan: Plan;
  try {
    plan = readPlanFile(file);
  } catch (cause) {
    throw notAPlan(file, messageOf(cause), cause);
  }
  if (plan.planVersion !== 1) throw notAPlan(file, `planVersion ${plan.planVersion}`);
  return plan;
}

function notAPlan(file: string, found: string, cause?: unknown): EosinError {
  return new EosinError({
    code: "PLAN_INVALID",
    message: `${file} is not a plan that this version can run.`,
    place: file,
    expected: "the plan.json of a run, with planVersion 1",
    found,
    next: "Run the document again with this version: pipe run FILE",
    cause,
  });
}

function findInstance(plan: Plan, id: string): PlanInstance {
  const found = plan.instances.find((each) => each.id === id && each.role === "step");
  if (found) return found;
  const steps = plan.instances.filter(({ role }) => role === "step").map((each) => each.id);
  throw new EosinError({
    code: "INSTANCE_UNKNOWN",
    message: `The plan has no instance ${id} to execute.`,
    expected: `one of ${steps.join(", ")}`,
    found: id,
  });
}
