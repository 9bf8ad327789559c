import type { DocumentNode } from "../../nodes/node.js";

export interface NodeSize {
  /** Lists, maps and scalars, each as often as it stands there. */
  readonly values: number;
  readonly depth: number;
}

const sizes = new WeakMap<DocumentNode, NodeSize>();

/** What a value comes to when it is written out. References share what they bring, so it takes no longer for more. */
export function sizeOf(node: DocumentNode): NodeSize {
  if (node.kind === "scalar") return { values: 1, depth: 1 };
  const known = sizes.get(node);
  if (known) return known;
  const children = node.kind === "list" ? node.items : [...node.entries.values()].map((entry) => entry.node);
  let [values, depth] = [1, 0];
  for (const child of children) {
    const size = sizeOf(child);
    values += size.values;
    depth = Math.max(depth, size.depth);
  }
  const size = { values, depth: depth + 1 };
  sizes.set(node, size);
  return size;
}
