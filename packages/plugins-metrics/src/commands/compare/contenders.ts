import type { Artifact } from "@eosin/plugin-api";
import type { RecordedInstance, RecordedPlan, RecordedRun } from "@eosin/plugin-api/commands";
import type { DatasetIndex, Predictions } from "@eosin/plugin-api/imaging";
import type { Contender } from "../../compare/contender.js";
import type { ComparedPlan } from "./differing-options.js";

/** A contender, and the part of the plan that it comes from. */
export interface PlannedContender extends ComparedPlan {
  readonly contender: Contender;
}

interface Group {
  readonly run: RecordedRun;
  readonly step: string;
  readonly axes: Contender["axes"];
  readonly role: Predictions["role"] | undefined;
  readonly title: string | undefined;
  readonly instances: readonly RecordedInstance[];
  readonly members: readonly Artifact<Predictions>[];
  readonly missing: readonly string[];
}

/**
 * What the runs predicted: a contender for each step that writes predictions, at each point of its sweep, over its
 * folds. Baselines that runs share count once.
 * @param baselines Whether the baselines of the runs take part.
 */
export async function contendersOf(
  runs: readonly RecordedRun[],
  baselines: boolean,
): Promise<readonly PlannedContender[]> {
  const groups: Group[] = [];
  for (const run of runs) groups.push(...(await groupsOf(run)));
  const known = new Set<string>();
  const kept = groups.filter(({ role, instances }) => {
    if (role !== "baseline") return true;
    const key = instances.map(({ fingerprint }) => fingerprint).join();
    const fresh = !known.has(key);
    known.add(key);
    return baselines && fresh;
  });
  const names = distinctNames(kept);
  return kept.map((group, index) => {
    const { run, axes, members, missing } = group;
    const provenance = run.provenanceOf(group.instances);
    const traced = new Set(provenance.steps.map(({ instance }) => instance));
    return {
      plan: run.plan,
      instances: run.plan.instances.filter(({ id }) => traced.has(id)),
      contender: {
        name: names[index],
        run: run.id,
        axes,
        provenance,
        members,
        missing,
        contents: contentsOf(run.plan),
      },
    };
  });
}

async function groupsOf(run: RecordedRun): Promise<readonly Group[]> {
  const byPoint = new Map<string, RecordedInstance[]>();
  for (const instance of run.plan.instances.filter(({ produces }) => produces === "predictions")) {
    const key = JSON.stringify([instance.step, withoutFold(instance, run.plan)]);
    byPoint.set(key, [...(byPoint.get(key) ?? []), instance]);
  }
  return Promise.all(
    [...byPoint.values()].map(async (instances) => {
      const members: Artifact<Predictions>[] = [];
      const missing: string[] = [];
      for (const instance of instances) {
        const stored = await run.find(instance);
        if (stored) members.push(asPredictions(stored, instance));
        else missing.push(foldOf(instance, run.plan) ?? instance.id);
      }
      const { role, predictor } = members[0]?.value ?? {};
      const [{ step }] = instances;
      return {
        run,
        step,
        axes: withoutFold(instances[0], run.plan),
        role,
        title: predictor,
        instances,
        members,
        missing,
      };
    }),
  );
}

/** Instance and axes are those of this plan: another document may have stored the same artifact under other names. */
function asPredictions({ type, value, blobNames, blobPath }: Artifact, instance: RecordedInstance) {
  const { id, axes } = instance;
  return { type, instance: id, axes, value: value as unknown as Predictions, blobNames, blobPath };
}

/** The axis of folds is the one whose keys are items of a planned list that the instance reads. */
function foldAxis({ axes, inputs }: RecordedInstance, plan: RecordedPlan): string | undefined {
  const lists = inputs.flatMap((input) => {
    const output = plan.planned[input];
    return output && "items" in output ? [output.items.map(({ key }) => key)] : [];
  });
  return Object.keys(axes).find((axis) => lists.some((keys) => keys.includes(axes[axis])));
}

function foldOf(instance: RecordedInstance, plan: RecordedPlan): string | undefined {
  const axis = foldAxis(instance, plan);
  return axis === undefined ? undefined : instance.axes[axis];
}

function withoutFold(instance: RecordedInstance, plan: RecordedPlan): Contender["axes"] {
  const fold = foldAxis(instance, plan);
  return Object.fromEntries(Object.entries(instance.axes).filter(([axis]) => axis !== fold));
}

/** The shortest names that tell the groups apart: of the document, then profile, step or baseline, axes, and the run. */
function distinctNames(groups: readonly Group[]): readonly string[] {
  const oneSweep = new Set(groups.map(({ run }) => run.id)).size === 1;
  const plain = groups.map(({ run, axes, role, title }) => {
    const point = Object.entries(axes).map(([axis, key]) => `${axis} ${key}`);
    const of = role === "baseline" ? [title as string] : oneSweep && point.length > 0 ? [] : [run.plan.document.name];
    return [...of, ...point].join(", ");
  });
  const further: ((group: Group) => string | undefined)[] = [
    ({ step }) => step,
    ({ run }) => run.plan.document.profile,
    ({ run }) => run.id,
  ];
  return further.reduce((names, part) => {
    const among = (index: number) => groups.filter((_, other) => names[other] === names[index]);
    return names.map((name, index) => {
      const alike = among(index);
      const word = part(groups[index]);
      return new Set(alike.map(part)).size > 1 && word !== undefined ? `${name} (${word})` : name;
    });
  }, plain);
}

/** From the datasets of the plan, wherever they stand in planned values. */
function contentsOf(plan: RecordedPlan): ReadonlyMap<string, string> {
  const contents = new Map<string, string>();
  for (const instance of plan.instances.filter(({ produces }) => produces === "dataset")) {
    const output = plan.planned[instance.id];
    const { samples } = (output && "value" in output ? output.value : { samples: [] }) as unknown as Pick<
      DatasetIndex,
      "samples"
    >;
    for (const { id, hash } of samples) contents.set(id, hash);
  }
  return contents;
}
