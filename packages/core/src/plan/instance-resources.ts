import type { JsonObject } from "@eosin/plugin-api";
import { isGpu } from "@eosin/plugin-api/learning";
import type { KnownStep } from "./known-step.js";
import type { PlanInstance } from "./plan.js";

/**
 * What a plan gives an instance: what its component declares, over what the engine takes.
 * @param plan The identity of the engine that the instance uses, if any, and the threads that a machine has to give.
 */
export function instanceResources(
  { component: { definition }, role }: Pick<KnownStep, "component" | "role">,
  options: JsonObject,
  plan: { readonly engine?: JsonObject; readonly threads: number },
): Pick<PlanInstance, "resources" | "estimates"> {
  const need = definition.resources?.(options) ?? {};
  const { memoryBytes, device = engineDevice(plan.engine), loaders = plan.engine ? 1 : 0 } = need;
  const threads = (need.threads ?? engineThreads(plan.engine, device)) + busyLoaders(loaders, device);
  // On a GPU tensors take its memory, which the instance has to itself.
  const estimates = role === "step" && definition.estimate && memoryBytes === undefined && device === "cpu";
  return {
    resources: { threads: Math.min(threads, plan.threads), memoryBytes, device },
    ...(estimates && { estimates: true }),
  };
}

type Device = PlanInstance["resources"]["device"];

function engineDevice(engine: JsonObject | undefined): Device {
  return typeof engine?.device === "string" && isGpu(engine.device) ? "gpu" : "cpu";
}

/** A GPU is fed by one thread, however many its engine would use on the CPU. */
function engineThreads(engine: JsonObject | undefined, device: Device): number {
  return device === "cpu" && typeof engine?.threads === "number" ? engine.threads : 1;
}

/**
 * Beside a CPU that computes, the first loader is busy for a hundredth of the time once every patch was read (profiles
 * `demo` and `mini`). Counted whole, it would halve the trainings that run side by side on two cores. Whoever asks for
 * more loaders expects them to be busy, and a GPU keeps all of them busy.
 */
function busyLoaders(loaders: number, device: Device): number {
  return device === "gpu" ? loaders : Math.max(0, loaders - 1);
}
