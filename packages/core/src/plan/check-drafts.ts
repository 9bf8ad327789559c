import {
  type ArtifactHandle,
  type ComponentContext,
  EosinError,
  isEosinError,
  type Logger,
  type PlannedOutput,
  type RefusedSetting,
} from "@eosin/plugin-api";
import { messageOf } from "@eosin/support/message-of";
import type { PluginRegistry } from "../container/registry.js";
import { type DocumentNode, holdsStandIn, nearestNode } from "../nodes/node.js";
import type { DraftInstance } from "./draft-instance.js";
import { plannedValues } from "./open-planned.js";

export interface CheckedDrafts {
  readonly registry: PluginRegistry;
  /** By instance id, as far as planned steps have run. */
  readonly outputs: ReadonlyMap<string, PlannedOutput>;
  readonly log: Logger;
}

/** Asks the components of instances which of their settings they would refuse when they run. */
export async function checkDrafts(
  drafts: readonly DraftInstance[],
  context: CheckedDrafts,
): Promise<readonly EosinError[]> {
  const faults: EosinError[] = [];
  for (const draft of drafts) {
    const { check } = draft.step.component.definition;
    // What stands in for a variable says nothing of the value that it will have.
    if (!check || draft.faults.length > 0 || !draft.node || holdsStandIn(draft.node)) continue;
    faults.push(...(await checkDraft(draft, draft.node, context)));
  }
  return faults;
}

async function checkDraft(
  draft: DraftInstance,
  node: DocumentNode,
  { registry, outputs, log }: CheckedDrafts,
): Promise<readonly EosinError[]> {
  const { definition } = draft.step.component;
  const context: ComponentContext<unknown> = {
    options: draft.options,
    services: registry.services,
    log,
    modules: {},
    create: (spec, state) => registry.create(spec, log, state),
  };
  const planned = <Value>(handle: ArtifactHandle<Value>) => {
    const output = outputs.get(handle.$artifact.instance);
    return output && plannedValues(output, handle);
  };
  try {
    const refused = await definition.check!(context, { planned });
    return refused.map((setting) => atOption(setting, draft, node));
  } catch (error) {
    if (isEosinError(error))
      return [new EosinError({ ...error, message: error.message, place: error.place ?? draft.place })];
    throw new EosinError({
      code: "PLANNING_FAILED",
      message: `${definition.type} failed while the settings of step ${draft.id} were checked.`,
      place: draft.place,
      found: messageOf(error),
      next: `This is a fault of ${draft.step.component.plugin}: tell its author.`,
      cause: error,
    });
  }
}

function atOption({ option, ...details }: RefusedSetting, draft: DraftInstance, node: DocumentNode): EosinError {
  const nearest = nearestNode(node, option);
  // An option that is not written has its default from the step itself.
  return new EosinError({ ...details, place: nearest === node ? draft.place : nearest.place });
}
