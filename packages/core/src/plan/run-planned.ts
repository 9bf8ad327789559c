import {
  type ArtifactHandle,
  type ArtifactType,
  type ComponentSpec,
  createRng,
  deserializeError,
  EosinError,
  type FaultSink,
  type FileHasher,
  isEosinError,
  type JsonValue,
  type Logger,
  type PlanContext,
  type PlannedComponent,
  type PlannedOutput,
  serializeError,
} from "@eosin/plugin-api";
import { messageOf } from "@eosin/support/message-of";
import type { PluginRegistry } from "../container/registry.js";
import { isObject } from "../schema/schema-view.js";
import { fillIn, type Secrets } from "../secrets/stand-in.js";
import { Veil } from "../secrets/veil.js";
import { hashJson } from "./canonical-json.js";
import type { DraftInstance } from "./draft-instance.js";
import { limitExceeded } from "./limits/limits.js";
import { openPlanned, plannedValues } from "./open-planned.js";

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
  readonly output: PlannedOutput<JsonValue>;
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
  const filled = fillIn(draft.options, names, env);
  const spec: ComponentSpec<PlannedComponent> = { uses: type, kind, plugin: component.plugin, with: filled };
  const outputOf = ({ $artifact: { instance } }: ArtifactHandle) => fillIn(context.outputs.get(instance)!, names, env);
  const plan: PlanContext = {
    seed: context.seed,
    maxSamples: context.maxSamples,
    baseFolder: context.baseFolder,
    files: context.hasher,
    services: context.registry.services,
    log: context.log,
    open: async (handle) => openPlanned(outputOf(handle), handle, context.axesOf(handle.$artifact.instance)),
    openItems: async (handle) => plannedValues(outputOf(handle), handle),
    rng: (...key) => createRng(context.seed, type, ...key),
    onFault: context.onFault,
  };
  try {
    const implementation = await context.registry.create(spec, context.log);
    const output = fittingOutput(await implementation.plan(plan), component.definition.produces);
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

/** @throws Error where a value is not what the type of the artifact says: a fault of the component. */
function fittingOutput(output: PlannedOutput, type: ArtifactType | undefined): PlannedOutput<JsonValue> {
  const values = "items" in output ? output.items.map(({ value }) => value) : [output.value];
  for (const value of type ? values : []) {
    const [issue] = type?.schema.safeParse(value).error?.issues ?? [];
    if (issue)
      throw new Error(`not an artifact ${type?.name}: ${["value", ...issue.path].join(".")}: ${issue.message}`);
  }
  // Plans are written as JSON, which refuses what is not plain.
  return output as PlannedOutput<JsonValue>;
}

/** The lists that a planned value holds, such as the samples of a data set, belong to every plan that is written. */
function refuseMore(output: PlannedOutput<JsonValue>, most: number): void {
  const lists =
    "items" in output ? [output.items] : isObject(output.value) ? Object.values(output.value) : [output.value];
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
    found: veil.text(messageOf(cause)),
    next: `This is a fault of ${draft.step.component.plugin}: tell its author.`,
    cause,
  });
}
