import { EosinError, type PlannedItem, type SourcePlace } from "@eosin/plugin-api";
import type { StepDeclaration } from "../document/document.js";
import { type DocumentNode, describeNode, fromJson, shownValue } from "../nodes/node.js";
import type { AxisPoint, PlacedInstance } from "./axis-point.js";
import { type Limits, limitExceeded } from "./limits/limits.js";
import { parseTemplate } from "./reference/parse-template.js";
import { type Lookup, resolveNode } from "./reference/resolve-node.js";
import { matchingInstances } from "./zip-and-gather.js";

export interface AxisContext<Instance extends PlacedInstance> {
  readonly lookup: Lookup;
  readonly limits: Limits;
  instancesOf(step: string): readonly Instance[];
  /** The items of a planned instance. @throws EosinError where it gives no list. */
  itemsOf(instance: Instance, axis: string, place: SourcePlace): readonly Pick<PlannedItem, "key">[];
}

/**
 * One list of points an instance: the product of the step's axes, those of `matrix` outermost.
 * @throws EosinError of an axis; `LIMIT_EXCEEDED` before there are too many
 */
export function expandAxes<Instance extends PlacedInstance>(
  step: StepDeclaration,
  context: AxisContext<Instance>,
): readonly (readonly AxisPoint[])[] {
  let rows: readonly (readonly AxisPoint[])[] = [[]];
  const most = { most: context.limits.characters };
  const axes = [...step.matrix].map(([axis, node]) => matrixPoints(axis, resolveNode(node, context.lookup, most)));
  const product = axes.reduce((count, points) => count * points.length, 1);
  for (const node of step.matrix.values()) refuseProduct(product, step, node, context.limits);
  for (const points of axes) rows = rows.flatMap((row) => points.map((point) => [...row, point]));
  for (const [axis, node] of step.each) {
    if (step.matrix.has(axis)) throw twice(axis, node.place);
    const grown: AxisPoint[][] = [];
    for (const row of rows) {
      const points = eachPoints(axis, node, row, context);
      refuseProduct(grown.length + points.length, step, node, context.limits);
      for (const point of points) grown.push([...row, point]);
    }
    rows = grown;
  }
  return rows;
}

function refuseProduct(count: number, { id }: StepDeclaration, node: DocumentNode, limits: Limits): void {
  const most = limits.instances;
  if (count <= most) return;
  const message = `Step ${id} has more instances than a plan may hold.`;
  throw limitExceeded({
    limit: "instances",
    most,
    count,
    message,
    place: node.place,
    otherwise: "Give the axes fewer values",
  });
}

/** `train`, `train[fold-0]`, `train[alpha=0.3,fold=fold-0]` */
export function instanceId(step: string, points: readonly AxisPoint[]): string {
  if (points.length === 0) return step;
  if (points.length === 1) return `${step}[${points[0].key}]`;
  const named = points.map(({ axis, key }) => `${axis}=${key}`).sort();
  return `${step}[${named.join(",")}]`;
}

function matrixPoints(axis: string, values: DocumentNode): readonly AxisPoint[] {
  if (values.kind === "scalar") throw noValues(axis, values);
  const named: readonly (readonly [string, DocumentNode])[] =
    values.kind === "map"
      ? [...values.entries].map(([key, entry]) => [key, entry.node] as const)
      : values.items.map((node) => [keyOf(axis, node), node] as const);
  if (named.length === 0) throw noValues(axis, values);
  const seen = new Set<string>();
  return named.map(([key, node]) => {
    checkKey(axis, key, node.place, seen);
    return { axis, source: "matrix", key, node };
  });
}

function keyOf(axis: string, node: DocumentNode): string {
  if (node.kind === "scalar") return String(shownValue(node));
  throw new EosinError({
    code: "UNNAMED_AXIS_VALUE",
    message: `A value of the axis ${axis} needs a name.`,
    place: node.place,
    expected: "text, numbers, true or false in a list, or a map of named values",
    found: describeNode(node),
    next: `Write ${axis}: { first-name: …, second-name: … }`,
  });
}

function eachPoints<Instance extends PlacedInstance>(
  axis: string,
  node: DocumentNode,
  row: readonly AxisPoint[],
  context: AxisContext<Instance>,
): readonly AxisPoint[] {
  const text = node.kind === "scalar" ? String(node.value) : "";
  const [reference] = parseTemplate(text, node.place);
  if (typeof reference !== "object" || reference.source !== "steps") throw noList(axis, node.place, describeNode(node));
  const instances = context.instancesOf(reference.name);
  if (instances.length === 0) {
    const standIn = { kind: "scalar", place: node.place, value: text, standIn: true } as const;
    return [{ axis, source: reference.name, key: "item", node: standIn }];
  }
  const sources = matchingInstances(row, instances, reference);
  if (sources.length !== 1) {
    throw noList(axis, node.place, `${sources.length} lists: ${sources.map((each) => each.id).join(", ")}`);
  }
  const [source] = sources;
  const items = context.itemsOf(source, axis, node.place);
  if (items.length === 0) throw noValues(axis, node);
  const seen = new Set<string>();
  return items.map(({ key }) => {
    checkKey(axis, key, node.place, seen);
    const handle = { $artifact: { type: source.step.produces, instance: source.id, item: key } };
    return { axis, source: reference.name, key, node: fromJson(handle, node.place) };
  });
}

function checkKey(axis: string, key: string, place: SourcePlace, seen: Set<string>): void {
  if (seen.has(key)) {
    throw new EosinError({
      code: "DUPLICATE_AXIS_VALUE",
      message: `The axis ${axis} has a value twice.`,
      place,
      expected: "values that differ",
      found: key,
    });
  }
  seen.add(key);
  if (/^[^\s[\],=]+$/.test(key)) return;
  throw new EosinError({
    code: "UNNAMED_AXIS_VALUE",
    message: `A value of the axis ${axis} cannot name an instance.`,
    place,
    expected: "a name without white space, brackets, commas and equals signs",
    found: JSON.stringify(key),
    next: `Write ${axis}: { a-name: … }`,
  });
}

function noValues(axis: string, node: DocumentNode): EosinError {
  return new EosinError({
    code: "EMPTY_AXIS",
    message: `The axis ${axis} has no values.`,
    place: node.place,
    expected: "at least one value",
    found: describeNode(node),
  });
}

export function noList(axis: string, place: SourcePlace, found: string): EosinError {
  return new EosinError({
    code: "EACH_NEEDS_LIST",
    message: `The axis ${axis} needs one list that is known while planning.`,
    place,
    expected: "a reference to a planned step that gives a list, such as a split",
    found,
    next: "Values that are in the document belong under matrix.",
  });
}

function twice(axis: string, place: SourcePlace): EosinError {
  return new EosinError({
    code: "DUPLICATE_AXIS",
    message: `The axis ${axis} is in both each and matrix.`,
    place,
    next: "Give one of them another name.",
  });
}
