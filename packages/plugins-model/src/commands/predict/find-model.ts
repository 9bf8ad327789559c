import { EosinError } from "@eosin/plugin-api";
import type { RecordedInstance, RecordedPlan } from "@eosin/plugin-api/commands";

/**
 * The instance of a run that wrote a model.
 * @param key An axis key that sets it apart, e.g. `fold-0`; needed where the run trained more than one.
 */
export function findModelInstance(plan: RecordedPlan, key: string | undefined): RecordedInstance {
  const models = plan.instances.filter((each) => each.produces === "model");
  const matching =
    key === undefined ? models : models.filter((each) => each.id === key || Object.values(each.axes).includes(key));
  if (matching.length === 1) return matching[0];
  throw new EosinError({
    code: "WHICH_MODEL",
    message: `The run of ${plan.document.name} has ${models.length} models${key === undefined ? "" : `, ${matching.length} of them match ${key}`}.`,
    expected: `one of ${models.map((each) => each.id).join(", ") || "none: no step writes a model"}`,
    found: key,
    next: models.length > 0 ? `--model ${models[0].id}` : undefined,
  });
}
