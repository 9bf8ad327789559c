import type { JsonObject, JsonValue, MissingInput } from "@eosin/plugin-api";
import { fingerprintOf } from "../plan/fingerprint.js";
import { handlesIn, isHandle } from "../plan/handles.js";
import type { PlanInstance } from "../plan/plan.js";
import { isObject } from "../schema/schema-view.js";

/**
 * The instance as it is without some of its inputs: its options lack them, and its fingerprint is another.
 * @returns Nothing where it cannot do without them.
 */
export function withoutMissing(instance: PlanInstance, missing: readonly MissingInput[]): PlanInstance | undefined {
  const gone = new Set(missing.map((each) => each.instance));
  const options: { [option: string]: JsonValue } = { ...instance.options };
  const identity: { [option: string]: JsonValue } = { ...(instance.parts.options as JsonObject) };
  for (const [option, value] of Object.entries(instance.options)) {
    if (!handlesIn(value).some((handle) => gone.has(handle.$artifact.instance))) continue;
    const dispensable = instance.doesWithout?.[option];
    if (dispensable === undefined) return undefined;
    // Immaterial options have no identity.
    const rest = prune(value, option in identity ? identity[option] : value, gone);
    if (rest === undefined && dispensable.needsOne) return undefined;
    settle(options, option, rest ? rest.value : dispensable.otherwise);
    if (option in identity) settle(identity, option, rest ? rest.identity : dispensable.otherwise);
  }
  const parts = { ...instance.parts, options: identity, missing: missing as unknown as JsonValue };
  return {
    ...instance,
    options,
    inputs: instance.inputs.filter((input) => !gone.has(input)),
    parts,
    fingerprint: fingerprintOf(parts),
    missing,
  };
}

interface Pruned {
  readonly value: JsonValue;
  readonly identity: JsonValue;
}

/** A value and its identity, which has the same shape, without the handles of what is gone; nothing where none is left. */
function prune(value: JsonValue, identity: JsonValue, gone: ReadonlySet<string>): Pruned | undefined {
  if (isHandle(value)) return gone.has(value.$artifact.instance) ? undefined : { value, identity };
  if (Array.isArray(value)) {
    const identities = identity as readonly JsonValue[];
    const kept = value.flatMap((item: JsonValue, index) => prune(item, identities[index], gone) ?? []);
    return kept.length === 0
      ? undefined
      : { value: kept.map((each) => each.value), identity: kept.map((each) => each.identity) };
  }
  if (!isObject(value)) return { value, identity };
  const kept = Object.entries(value).flatMap(([key, item]) => {
    const rest = prune(item, (identity as JsonObject)[key], gone);
    return rest ? [[key, rest] as const] : [];
  });
  return {
    value: Object.fromEntries(kept.map(([key, rest]) => [key, rest.value])),
    identity: Object.fromEntries(kept.map(([key, rest]) => [key, rest.identity])),
  };
}

function settle(options: { [option: string]: JsonValue }, option: string, value: JsonValue | undefined): void {
  if (value === undefined) delete options[option];
  else options[option] = value;
}
