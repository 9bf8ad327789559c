import { join } from "node:path";
import { createPlan, openStore, type Plan, type PlannedFault, type Store } from "@eosin/core";
import { type CheckedLook, checkLook, type LookCheck } from "@eosin/core/run";
import type { DataRequest, LookRequest, PlannedData, PlannedDataStep, StepLook } from "@eosin/plugin-api/commands";
import { documentEnvironment } from "../document-environment.js";
import { loadPipelineDocument } from "../load-pipeline.js";
import { rememberLooks } from "../look-lines.js";
import { stderrLogger } from "../stderr-logger.js";
import { eosinFolder } from "../store-folder.js";

export async function planData(request: DataRequest): Promise<PlannedData> {
  const { file, text } = request;
  const store = await openStore(join(eosinFolder(request.store), "store"));
  const source = text === undefined ? undefined : { read: async () => text };
  const { document, registry } = await loadPipelineDocument(file, request, store.hasher, source);
  const faults: PlannedFault[] = [];
  const plan = await createPlan(document, registry, {
    env: documentEnvironment(),
    hasher: store.hasher,
    log: stderrLogger,
    plannedOnly: true,
    onFault: (fault) => faults.push(fault),
  });
  await store.requireWritable();
  return {
    steps: stepsOf(plan, faults),
    async look(how) {
      const looked = await lookAll(plan, store, faults, how);
      if (text === undefined) rememberLooks(file, request, plan);
      return looked;
    },
  };
}

/** In plan order; a step that could not be planned comes where its faults name it. */
function stepsOf(plan: Plan, faults: readonly PlannedFault[]): readonly PlannedDataStep[] {
  const planned = plan.instances.filter(({ role }) => role === "planned");
  const names = [...new Set([...planned.map(({ id }) => id), ...faults.map(({ instance }) => instance)])];
  return names.map((instance) => ({
    instance,
    uses: planned.find(({ id }) => id === instance)?.uses,
    output: planned.some(({ id }) => id === instance) ? plan.planned[instance] : undefined,
    look: plan.instances.find(({ looksAt }) => looksAt === instance)?.id,
    faults: faults.filter((fault) => fault.instance === instance),
  }));
}

async function lookAll(
  plan: Plan,
  store: Store,
  found: readonly PlannedFault[],
  { fresh, signal, progress }: LookRequest,
): Promise<ReadonlyMap<string, StepLook>> {
  const checked = new Map<string, CheckedLook>();
  const looked = new Map<string, StepLook>();
  const emit: LookCheck["emit"] = (event) => {
    if (event.type === "instance-progress") progress(event.update);
  };
  for (const instance of plan.instances) {
    if (instance.looksAt === undefined) continue;
    // What the look at an input could not open at all has no figures for this one.
    if (instance.after?.some((before) => checked.get(before)?.look === undefined)) continue;
    const leftOut = found.filter((fault) => fault.instance === instance.looksAt).map(({ error }) => error);
    const look = await checkLook({ plan, instance, store, fresh, signal, emit, checked, leftOut });
    checked.set(instance.id, look);
    looked.set(instance.looksAt, look);
  }
  return looked;
}
