import type { JsonValue } from "@eosin/plugin-api";
import type { RecordedInstance, RecordedPlan } from "@eosin/plugin-api/commands";
import type { DifferingSetting } from "../../compare/contender.js";

/** One of the plans, and the instances of it that count: those of one point of a sweep. */
export interface ComparedPlan {
  readonly plan: RecordedPlan;
  readonly instances: readonly RecordedInstance[];
}

type Settings = ReadonlyMap<string, string | number | boolean | null>;

/**
 * The resolved options, step by step, in which plans differ; beside them seed, engine and the code of plugins. A step
 * that a plan does not have is told once, not option by option.
 */
export function differingOptions(compared: readonly ComparedPlan[]): readonly DifferingSetting[] {
  const all = compared.map(settingsOf);
  const paths = [...new Set(all.flatMap((settings) => [...settings.keys()]))];
  const differs = (path: string) => {
    const step = /^[^.]+(?=\.)/.exec(path)?.[0];
    const owners = all.filter(
      (settings) => path === `${step}.uses` || step === undefined || settings.has(`${step}.uses`),
    );
    return owners.some((settings) => settings.get(path) !== owners[0].get(path));
  };
  return paths.filter(differs).map((path) => ({ path, values: all.map((settings) => settings.get(path)) }));
}

/** A step of several folds is looked at once: folds differ in what they read, not in how they are set. */
function settingsOf({ plan, instances }: ComparedPlan): Settings {
  const settings = new Map<string, string | number | boolean | null>();
  const firstOfStep = new Map([...instances].reverse().map((each) => [each.step, each]));
  for (const { step } of instances) {
    const instance = firstOfStep.get(step)!;
    firstOfStep.delete(step);
    if (!instance || settings.has(`${step}.uses`)) continue;
    settings.set(`${step}.uses`, instance.uses);
    flatten(step, instance.options, plan, settings);
  }
  settings.set("seed", plan.seed);
  for (const [key, value] of Object.entries(plan.engine?.identity ?? {})) {
    flatten(`engine ${key}`, value, plan, settings);
  }
  const used = new Set(instances.flatMap(({ parts }) => Object.keys(parts.plugins)));
  for (const name of used) {
    const { version, hash } = plan.plugins[name];
    settings.set(`plugin ${name}`, `${version} (${hash.slice(0, 8)})`);
  }
  return settings;
}

function flatten(
  path: string,
  value: JsonValue,
  plan: RecordedPlan,
  into: Map<string, string | number | boolean | null>,
): void {
  if (typeof value !== "object" || value === null) {
    into.set(path, value);
    return;
  }
  if ("$artifact" in value) {
    const { instance } = value.$artifact as { instance: string };
    into.set(path, `\${steps.${plan.instances.find(({ id }) => id === instance)?.step ?? instance}}`);
    return;
  }
  // `plugin` and `kind` say nothing that `uses` does not.
  const entries = Object.entries(value).filter(([key]) => !("uses" in value) || (key !== "plugin" && key !== "kind"));
  for (const [key, item] of entries) {
    const joined = key === "with" ? path : `${path}.${key}`;
    flatten(joined, item as JsonValue, plan, into);
  }
}
