import { EosinError, isEosinError, type JsonObject, nearestName, type SourcePlace } from "@eosin/plugin-api";
import type { RegisteredComponent } from "../container/registered-component.js";
import type { PluginRegistry } from "../container/registry.js";
import type { DocumentNode } from "../nodes/node.js";
import { type AxisContext, expandAxes, instanceId } from "./axes.js";
import type { AxisPoint, PlacedInstance } from "./axis-point.js";
import { handlesIn } from "./handles.js";
import type { KnownStep } from "./known-step.js";
import type { ValueBudget } from "./limits/value-budget.js";
import { parseOptions } from "./parse-options.js";
import type { ParameterScope } from "./reference/parameter-scope.js";
import type { Reference } from "./reference/parse-template.js";
import { resolveNode } from "./reference/resolve-node.js";
import { zipAndGather } from "./zip-and-gather.js";

/** An instance whose options are settled, before its inputs have fingerprints. */
export interface DraftInstance extends PlacedInstance {
  readonly id: string;
  readonly step: KnownStep;
  readonly points: readonly AxisPoint[];
  /** Empty where `faults` says why. */
  readonly options: JsonObject;
  /** The step's own component and those that its options name. */
  readonly components: readonly RegisteredComponent[];
  /** Absolute paths in the options whose content counts → where they were written. */
  readonly files: ReadonlyMap<string, SourcePlace>;
  readonly inputs: readonly string[];
  readonly place: SourcePlace;
  /** The options as they stand in the document, references resolved; absent where `faults` says why. */
  readonly node?: DocumentNode;
  readonly faults: readonly EosinError[];
}

export interface DraftContext extends Omit<AxisContext<DraftInstance>, "lookup" | "limits"> {
  readonly registry: PluginRegistry;
  readonly parameters: ParameterScope;
  readonly budget: ValueBudget;
}

/** @throws EosinError where the step's axes cannot be laid out; faults of options stay with their instance. */
export function draftInstances(step: KnownStep, context: DraftContext): readonly DraftInstance[] {
  const lookup = (reference: Reference) => context.parameters.lookup(reference);
  const { limits } = context.parameters;
  return expandAxes(step.declaration, { ...context, lookup, limits }).map((points) =>
    draftInstance(step, points, context),
  );
}

function draftInstance(step: KnownStep, points: readonly AxisPoint[], context: DraftContext): DraftInstance {
  const { declaration, component } = step;
  const draft = { id: instanceId(declaration.id, points), step, points, place: declaration.place };
  const where = `steps.${declaration.id}.with`;
  const missing: EosinError[] = [];
  const lookup = (reference: Reference) => {
    try {
      return lookupInStep(reference, points, step, context);
    } catch (error) {
      if (!isEosinError(error)) throw error;
      missing.push(error);
      return standIn(reference);
    }
  };
  try {
    const fixed = context.parameters.fixedParts(declaration.with);
    const node = resolveNode(declaration.with, lookup, { fixed, most: context.parameters.limits.characters });
    context.budget.spend(node, declaration.place);
    const parsed = parseOptions(component, node, { where, registry: context.registry });
    const inputs = [...new Set(handlesIn(parsed.options).map((handle) => handle.$artifact.instance))];
    return { ...draft, ...parsed, node, inputs, faults: [...missing, ...parsed.faults] };
  } catch (error) {
    if (!isEosinError(error)) throw error;
    return { ...draft, options: {}, components: [component], files: new Map(), inputs: [], faults: [error] };
  }
}

function lookupInStep(
  reference: Reference,
  points: readonly AxisPoint[],
  step: KnownStep,
  context: DraftContext,
): DocumentNode {
  switch (reference.source) {
    case "steps": {
      const instances = context.instancesOf(reference.name);
      return instances.length === 0 ? standIn(reference) : zipAndGather(points, instances, reference);
    }
    case "each":
    case "matrix":
      return axisValue(reference, points, step);
    default:
      return context.parameters.lookup(reference);
  }
}

/** For what has a fault of its own, so that the rest can still be judged. */
function standIn({ text, place }: Reference): DocumentNode {
  return { kind: "scalar", place, value: text, standIn: true };
}

function axisValue(reference: Reference, points: readonly AxisPoint[], step: KnownStep): DocumentNode {
  const matrix = reference.source === "matrix";
  const ofSource = points.filter((point) => (point.source === "matrix") === matrix);
  const point = ofSource.find((each) => each.axis === reference.name);
  if (point) {
    if (!reference.key) return point.node;
    return { kind: "scalar", place: reference.place, value: point.key };
  }
  const names = ofSource.map((each) => each.axis);
  throw new EosinError({
    code: "UNKNOWN_AXIS",
    message: `Step ${step.declaration.id} has no ${reference.source} axis ${reference.name}.`,
    place: reference.place,
    expected:
      names.length === 0 ? `${reference.source}: { ${reference.name}: … } beside with` : `one of ${names.join(", ")}`,
    found: reference.text,
    didYouMean: nearestName(reference.name, names),
  });
}
