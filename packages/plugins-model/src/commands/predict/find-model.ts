import { EosinError } from "@eosin/plugin-api";
import type { RecordedInstance, RecordedPlan } from "@eosin/plugin-api/commands";

/**
 * The instances of a run that wrote models: all of them, or the one that is named.
 * @param key An instance, or an axis key that sets it apart, e.g. `fold-0`.
 * @throws EosinError `WHICH_MODEL`
 */
export function findModelInstances(plan: RecordedPlan, key: string | undefined): readonly RecordedInstance[] {
  const models = plan.instances.filter((each) => each.produces === "model");
  const matching =
    key === undefined ? models : models.filter((each) => each.id === key || Object.values(each.axes).includes(key));
  if (matching.length === 1 || (matching.length > 1 && key === undefined)) return matching;
  throw new EosinError({
    code: "WHICH_MODEL",
    message: `The run of ${plan.document.name} has ${models.length} models${key === undefined ? "" : `, ${matching.length} of them match ${key}`}.`,
    expected: `one of ${models.map((each) => each.id).join(", ") || "none: no step writes a model"}`,
    found: key,
    next: models.length > 0 ? `--model ${models[0].id}` : undefined,
  });
}

const NONE = "none";

/**
 * The instance of a run that chose how its models predict: the one asked for, else the one whose axes all models have.
 * @returns Nothing where there is none, and none was asked for.
 * @throws EosinError `WHICH_SETTINGS`, also where several models that vote have settings of their own each.
 */
export function findSettingsInstance(
  plan: RecordedPlan,
  models: readonly RecordedInstance[],
  asked: string | undefined,
): RecordedInstance | undefined {
  const all = plan.instances.filter((each) => each.produces === "prediction-settings");
  if (asked === NONE) return undefined;
  const fits = ({ axes }: RecordedInstance) =>
    models.some((model) => Object.entries(axes).every(([axis, key]) => model.axes[axis] === key));
  const matching = all.filter((each) => (asked === undefined ? fits(each) : each.id === asked || each.step === asked));
  if (matching.length === 1 || (matching.length === 0 && asked === undefined)) return matching[0];
  throw new EosinError({
    code: "WHICH_SETTINGS",
    message: `${matching.length === 0 ? "No step" : `${matching.length} steps`} of the run of ${plan.document.name} chose the settings that are meant.`,
    place: "--settings",
    expected: [...all.map(({ id }) => id), NONE].join(", "),
    found: asked ?? matching.map(({ id }) => id).join(", "),
    next: `--settings ${all[0]?.id ?? NONE}`,
  });
}
