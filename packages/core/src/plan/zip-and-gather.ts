import { EosinError } from "@eosin/plugin-api";
import { type DocumentNode, fromJson } from "../nodes/node.js";
import type { AxisPoint, PlacedInstance } from "./axis-point.js";
import type { Reference } from "./reference/parse-template.js";

/**
 * What a reference to a step means for an instance: on the axes that both have, the instance with the same values (zip);
 * along the others, all of them in plan order (gather). Only a reference that gathers gives a list.
 * @throws EosinError `MISSING_INSTANCE`
 */
export function zipAndGather(
  points: readonly AxisPoint[],
  instances: readonly PlacedInstance[],
  reference: Reference,
): DocumentNode {
  const matching = matchingInstances(points, instances, reference);
  const handles = matching.map(({ id, step }) => ({ $artifact: { type: step.produces, instance: id } }));
  return fromJson(gathers(points, matching[0]) ? handles : handles[0], reference.place);
}

export function matchingInstances<Instance extends PlacedInstance>(
  points: readonly AxisPoint[],
  instances: readonly Instance[],
  reference: Reference,
): readonly Instance[] {
  const matching = instances.filter((instance) =>
    instance.points.every((theirs) => points.every((ours) => !sameAxis(ours, theirs) || ours.key === theirs.key)),
  );
  if (matching.length > 0) return matching;
  const shared = points.filter((ours) => instances[0]?.points.some((theirs) => sameAxis(ours, theirs)));
  throw new EosinError({
    code: "MISSING_INSTANCE",
    message: `Step ${reference.name} has no instance with ${shared.map(({ axis, key }) => `${axis}=${key}`).join(", ")}.`,
    place: reference.place,
    expected: `one of ${instances.map((each) => each.id).join(", ")}`,
    found: reference.text,
    next: "Give both steps the same values on this axis.",
  });
}

function gathers(points: readonly AxisPoint[], instance: PlacedInstance): boolean {
  return instance.points.some((theirs) => !points.some((ours) => sameAxis(ours, theirs)));
}

function sameAxis(a: AxisPoint, b: AxisPoint): boolean {
  return a.axis === b.axis && a.source === b.source;
}
