import { type Artifact, type ArtifactHandle, EosinError } from "@eosin/plugin-api";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { fillIn } from "../secrets/stand-in.js";
import type { Store } from "../store/store.js";
import { settledOutput } from "./looks.js";
import { openPlanned } from "./open-planned.js";

/**
 * Opens what an instance's options name. Instance and axes are those of this plan: another document may have stored
 * the same artifact under other names.
 * @throws EosinError `INPUT_UNDECLARED`, `INPUT_MISSING`
 */
export async function openInput<Value>(
  handle: ArtifactHandle,
  reader: PlanInstance,
  plan: Plan,
  store: Store,
): Promise<Artifact<Value>> {
  const { type, instance } = handle.$artifact;
  const source = plan.instances.find(({ id }) => id === instance);
  if (!source || !reader.inputs.includes(instance)) {
    throw new EosinError({
      code: "INPUT_UNDECLARED",
      message: `${reader.id} opens ${instance}, which its options do not name.`,
      place: reader.place,
      expected: `one of ${reader.inputs.join(", ") || "no inputs"}`,
      found: instance,
    });
  }
  const planned = plan.planned[instance];
  if (planned) {
    const settled = await settledOutput(plan, handle, store);
    return openPlanned(fillIn(settled, plan.secrets ?? [], process.env, reader.place), handle, source.axes);
  }
  return openStored(type, source, reader, plan, store);
}

/** @throws EosinError `INPUT_MISSING` */
export async function openStored<Value>(
  type: string,
  source: PlanInstance,
  reader: PlanInstance,
  plan: Plan,
  store: Store,
): Promise<Artifact<Value>> {
  const stored = await store.find(source.fingerprint);
  if (!stored) {
    throw new EosinError({
      code: "INPUT_MISSING",
      message: `The output of ${source.id}, which ${reader.id} reads, is not in the store or is damaged.`,
      place: reader.place,
      next: "Run the document again: what is missing is computed anew.",
    });
  }
  const { value, blobNames, blobPath } = stored;
  return {
    type,
    instance: source.id,
    axes: source.axes,
    value: fillIn(value as Value, plan.secrets ?? [], process.env, reader.place),
    blobNames,
    blobPath,
  };
}
