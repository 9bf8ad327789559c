import { isEosinError } from "@eosin/plugin-api";
import type { DocumentNode } from "../../nodes/node.js";
import { type FixedParts, type Lookup, type Resolving, referencesOf, resolveNode } from "./resolve-node.js";

/**
 * The parts of a value that refer to params and variables alone, each as large as can be, and what they come to. All
 * instances of a step share these very nodes, so that what is made of one need not be made again for the next.
 * A part with a fault is left out: whoever resolves it meets the fault.
 */
export function fixedParts(value: DocumentNode, lookup: Lookup, how: Resolving): FixedParts {
  const parts = new Map<DocumentNode, DocumentNode>();
  const visit = (part: DocumentNode) => {
    const fixed = resolveAlone(part, lookup, how);
    if (fixed) parts.set(part, fixed);
    else if (part.kind === "list") part.items.forEach(visit);
    else if (part.kind === "map") for (const entry of part.entries.values()) visit(entry.node);
  };
  visit(value);
  return parts;
}

function resolveAlone(part: DocumentNode, lookup: Lookup, how: Resolving): DocumentNode | undefined {
  try {
    const alone = referencesOf(part).every(({ source }) => source === "params" || source === "env");
    return alone ? resolveNode(part, lookup, how) : undefined;
  } catch (error) {
    if (isEosinError(error)) return undefined;
    throw error;
  }
}
