import { EosinError, nearestName, type SourcePlace, showPlace } from "@eosin/plugin-api";
import type { PipelineDocument, StepDeclaration } from "../document/document.js";
import type { Reference } from "./reference/parse-template.js";
import { referencesOf } from "./reference/resolve-node.js";

/** A reference to a step that was dropped. */
interface Dangling {
  readonly reference: Reference;
  readonly from: string;
}

/**
 * The steps so that each comes after those that it refers to; otherwise in document order.
 * @param faults Receives `MISSING_STEP`, `STEP_DROPPED`, `STEP_CYCLE` and `BAD_REFERENCE`; the references at fault are left out.
 */
export function orderSteps(document: PipelineDocument, faults: EosinError[]): readonly StepDeclaration[] {
  const ordered = new Set<StepDeclaration>();
  const dangling = new Map<string, Dangling[]>();
  // What is under way, outermost first, as a list: chains of steps may be long.
  const open: { readonly step: StepDeclaration; readonly left: Reference[] }[] = [];
  const begin = (step: StepDeclaration) => {
    if (!ordered.has(step)) open.push({ step, left: [...stepReferences(step, faults)].reverse() });
  };
  const position = (id: string) => open.findIndex(({ step }) => step.id === id);
  for (const first of document.steps.values()) {
    begin(first);
    for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
      const { step } = current;
      const reference = current.left.pop();
      if (reference === undefined) {
        open.pop();
        ordered.add(step);
        continue;
      }
      const target = document.steps.get(reference.name);
      const start = position(reference.name);
      if (!target && document.dropped.has(reference.name)) {
        dangling.set(reference.name, [...(dangling.get(reference.name) ?? []), { reference, from: step.id }]);
      } else if (!target) faults.push(missingStep(reference, step, [...document.steps.keys()]));
      else if (start !== -1) {
        faults.push(cycle(reference, [...open.slice(start).map((each) => each.step.id), reference.name]));
      } else begin(target);
    }
  }
  for (const [id, referrers] of dangling) faults.push(stepDropped(id, document.dropped.get(id)!, referrers));
  return [...ordered];
}

function stepReferences(step: StepDeclaration, faults: EosinError[]): readonly Reference[] {
  const nodes = [...step.each.values(), ...step.matrix.values(), step.with];
  return nodes.flatMap((node) => {
    try {
      return referencesOf(node).filter((reference) => reference.source === "steps");
    } catch (error) {
      faults.push(error as EosinError);
      return [];
    }
  });
}

function missingStep(reference: Reference, from: StepDeclaration, known: readonly string[]): EosinError {
  const others = known.filter((id) => id !== from.id);
  return new EosinError({
    code: "MISSING_STEP",
    message: `Step ${from.id} refers to a step that does not exist.`,
    place: reference.place,
    expected: `one of ${others.join(", ") || "none: it is the only step"}`,
    found: reference.text,
    didYouMean: nearestName(reference.name, others),
  });
}

function stepDropped(id: string, place: SourcePlace, referrers: readonly Dangling[]): EosinError {
  const from = [...new Set(referrers.map((each) => each.from))];
  return new EosinError({
    code: "STEP_DROPPED",
    message: `Step ${id} is dropped here, but ${from.join(", ")} still ${from.length === 1 ? "refers" : "refer"} to it.`,
    place,
    expected: "no reference to a step that is dropped",
    found: referrers.map((each) => `${each.from} at ${showPlace(each.reference.place)}`).join(", "),
    next: `Change those options of ${from.join(", ")} too: null drops one, { $drop: "${referrers[0].reference.text}" } an item of a list.`,
  });
}

function cycle(reference: Reference, ids: readonly string[]): EosinError {
  return new EosinError({
    code: "STEP_CYCLE",
    message: ids.length === 2 ? `Step ${ids[0]} refers to itself.` : "These steps wait for each other.",
    place: reference.place,
    found: ids.join(" → "),
    next: "Let one of them do without the other.",
  });
}
