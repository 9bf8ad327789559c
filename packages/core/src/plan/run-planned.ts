import {
  type ArtifactHandle,
  createRng,
  deserializeError,
  EosinError,
  type FaultSink,
  type FileHasher,
  isEosinError,
  type JsonObject,
  type JsonValue,
  type Logger,
  type PlanContext,
  type PlannedComponent,
  type PlannedOutput,
  serializeError,
} from "@eosin/plugin-api";
import type { PluginRegistry } from "../container/registry.js";
import { isObject } from "../document/schema-view.js";
import { openPlanned } from "../run/open-planned.js";
import { fillIn, type Secrets } from "../secrets/stand-in.js";
import { Veil } from "../secrets/veil.js";
import { hashJson } from "./canonical-json.js";
import type { DraftInstance } from "./draft-instance.js";
import { limitExceeded } from "./limits/limits.js";

export interface PlannedRunContext {
  readonly registry: PluginRegistry;
  readonly seed: number;
  readonly maxSamples: number;
  readonly secrets: Secrets;
  readonly baseFolder: string;
  readonly hasher: FileHasher;
  readonly log: Logger;
  /** By instance id. */
  readonly outputs: ReadonlyMap<string, PlannedOutput>;
  axesOf(instance: string): { readonly [axis: string]: string };
  readonly onFault?: FaultSink;
}

export interface RunPlanned {
  readonly output: PlannedOutput;
  /** The component opens its output before others do. */
  readonly looks: boolean;
}

/** Runs a component of a planned kind. @throws EosinError with the step's place where the component gives none. */
export async function runPlanned(draft: DraftInstance, context: PlannedRunContext): Promise<RunPlanned> {
  const { component } = draft.step;
  const { type, kind } = component.definition;
  const names = [...context.secrets.keys()];
  const env = Object.fromEntries(context.secrets);
  const veil = new Veil(context.secrets);
  const spec = { uses: type, kind, plugin: component.plugin, with: fillIn(draft.options, names, env) };
  const plan: PlanContext = {
    seed: context.seed,
    maxSamples: context.maxSamples,
    baseFolder: context.baseFolder,
    files: context.hasher,
    services: context.registry.services,
    log: context.log,
    open: async <Value>(handle: ArtifactHandle) =>
      openPlanned<Value>(
        fillIn(context.outputs.get(handle.$artifact.instance)!, names, env),
        handle,
        context.axesOf(handle.$artifact.instance),
      ),
    rng: (...key) => createRng(context.seed, type, ...key),
    onFault: context.onFault,
  };
  try {
    const implementation = await context.registry.create<PlannedComponent>(spec, context.log);
    const output = await implementation.plan(plan);
    refuseMore(output, context.maxSamples);
    return { output: veil.value(output), looks: implementation.look !== undefined };
  } catch (cause) {
    const error = isEosinError(cause) ? veiled(cause, veil) : cause;
    if (!isEosinError(error)) throw planFailed(draft, error, veil);
    throw error.place === undefined
      ? new EosinError({ ...error, message: error.message, place: draft.place, cause: error })
      : error;
  }
}

/** The lists that a planned value holds, such as the samples of a data set, belong to every plan that is written. */
function refuseMore(output: PlannedOutput, most: number): void {
  const value = "items" in output ? output.items : output.value;
  const lists = isObject(value as JsonValue) ? Object.values(value as JsonObject) : [value];
  const count = Math.max(0, ...lists.map((list) => (Array.isArray(list) ? list.length : 0)));
  if (count <= most) return;
  const message = "The data set has more samples than a plan may hold.";
  throw limitExceeded({ limit: "samples", most, count, message, otherwise: "Use fewer of them" });
}

/** What a planned output is to those that read it: content, never paths. */
export function plannedFingerprint(output: PlannedOutput, item?: string): string {
  if (!("items" in output)) return hashJson(output.identity);
  const of = item === undefined ? undefined : output.items.find((each) => each.key === item);
  return hashJson(of ? of.identity : output.items.map(({ key, identity }) => [key, identity]));
}

function veiled(error: EosinError, veil: Veil): Error {
  const plain = serializeError(error);
  const safe = veil.value(plain);
  return JSON.stringify(safe) === JSON.stringify(plain) ? error : deserializeError(safe);
}

function planFailed(draft: DraftInstance, cause: unknown, veil: Veil): EosinError {
  return new EosinError({
    code: "PLANNING_FAILED",
    message: `${draft.step.component.definition.type} failed while step ${draft.id} was planned.`,
    place: draft.place,
    found: veil.text(cause instanceof Error ? cause.message : String(cause)),
    next: `This is a fault of ${draft.step.component.plugin}: tell its author.`,
    cause,
  });
}
