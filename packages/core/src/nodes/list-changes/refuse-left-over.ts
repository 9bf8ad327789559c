import { EosinError } from "@eosin/plugin-api";
import { throwFound } from "../../errors/error-group.js";
import type { DocumentNode } from "../node.js";
import { isListOperator } from "./operators.js";

/**
 * What changes a list and met none: in a file that extends nothing, or inside a list that replaces another.
 * @throws EosinError `LIST_CHANGE_INVALID`, or a group of them
 */
export function refuseLeftOver(root: DocumentNode): void {
  throwFound([...leftOver(root)]);
}

function* leftOver(node: DocumentNode): Iterable<EosinError> {
  if (node.kind === "scalar") return;
  if (node.kind === "list") {
    for (const item of node.items) yield* leftOver(item);
    return;
  }
  for (const [key, entry] of node.entries) {
    if (!isListOperator(key)) yield* leftOver(entry.node);
    else {
      yield new EosinError({
        code: "LIST_CHANGE_INVALID",
        message: `${key} changes an inherited list, and nothing is inherited here.`,
        place: entry.place,
        expected: "a file with extends, a profile or --set, outside of lists that replace",
        found: key,
        next: "Write the list itself.",
      });
    }
  }
}
