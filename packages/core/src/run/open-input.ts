import { type Artifact, type ArtifactHandle, EosinError, type PlannedOutput } from "@eosin/plugin-api";
import { openPlanned, plannedValues } from "../plan/open-planned.js";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { fillIn } from "../secrets/stand-in.js";
import type { Store } from "../store/store.js";
import { settledOutput } from "./looks.js";

/**
 * Opens what an instance's options name. Instance and axes are those of this plan: another document may have stored
 * the same artifact under other names.
 * @throws EosinError `INPUT_UNDECLARED`, `INPUT_MISSING`
 */
export async function openInput<Value>(
  handle: ArtifactHandle<Value>,
  reader: PlanInstance,
  plan: Plan,
  store: Store,
): Promise<Artifact<Value>> {
  const source = sourceOf(handle, reader, plan);
  const planned = await plannedOutput(handle, reader, plan, store);
  if (planned) return openPlanned(planned, handle, source.axes);
  return openStored<Value>(handle.$artifact.type, source, reader, plan, store);
}

/**
 * The values of a planned list, of the item that the handle names or of all; of anything else, its one value.
 * @throws EosinError as {@link openInput}
 */
export async function openInputItems<Value>(
  handle: ArtifactHandle<Value>,
  reader: PlanInstance,
  plan: Plan,
  store: Store,
): Promise<readonly Value[]> {
  sourceOf(handle, reader, plan);
  const planned = await plannedOutput(handle, reader, plan, store);
  return planned ? plannedValues(planned, handle) : [(await openInput(handle, reader, plan, store)).value];
}

async function plannedOutput(
  handle: ArtifactHandle,
  reader: PlanInstance,
  plan: Plan,
  store: Store,
): Promise<PlannedOutput | undefined> {
  if (!plan.planned[handle.$artifact.instance]) return undefined;
  return fillIn(await settledOutput(plan, handle, store), plan.secrets ?? [], process.env, reader.place);
}

function sourceOf({ $artifact: { instance } }: ArtifactHandle, reader: PlanInstance, plan: Plan): PlanInstance {
  const source = plan.instances.find(({ id }) => id === instance);
  if (source && reader.inputs.includes(instance)) return source;
  throw new EosinError({
    code: "INPUT_UNDECLARED",
    message: `${reader.id} opens ${instance}, which its options do not name.`,
    place: reader.place,
    expected: `one of ${reader.inputs.join(", ") || "no inputs"}`,
    found: instance,
  });
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
      next: "Run the document again: what is missing is computed again.",
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
