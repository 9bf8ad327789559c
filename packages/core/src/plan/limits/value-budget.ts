import { EosinError, type SourcePlace } from "@eosin/plugin-api";
import type { DocumentNode } from "../../nodes/node.js";
import { type Limits, limitExceeded, MAX_RESOLVED_DEPTH } from "./limits.js";
import { sizeOf } from "./node-size.js";

/** Counts the values of a plan as they are resolved, before anything writes them out. */
export class ValueBudget {
  #spent = 0;

  constructor(readonly limits: Limits) {}

  /** @throws EosinError `LIMIT_EXCEEDED`, with the place where the value is written */
  spend(node: DocumentNode, place: SourcePlace): void {
    const { values, depth } = sizeOf(node);
    if (depth > MAX_RESOLVED_DEPTH) throw tooDeep(depth, place);
    this.#spent += values;
    const most = this.limits.values;
    if (this.#spent <= most) return;
    const message = "References bring more values than a plan may hold.";
    throw limitExceeded({ limit: "values", most, count: this.#spent, message, place, otherwise: "Refer to less" });
  }
}

function tooDeep(depth: number, place: SourcePlace): EosinError {
  return new EosinError({
    code: "LIMIT_EXCEEDED",
    message: "References nest lists and maps deeper than a plan may hold.",
    place,
    expected: `at most ${MAX_RESOLVED_DEPTH} levels`,
    found: `${depth} levels`,
    next: "Write the value where it is needed.",
  });
}
