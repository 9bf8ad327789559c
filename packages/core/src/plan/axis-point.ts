import type { DocumentNode } from "../nodes/node.js";

/** One value of one axis, as an instance has it. */
export interface AxisPoint {
  readonly axis: string;
  /** What the axis goes over: axes of two steps are the same where name and source are. */
  readonly source: string;
  readonly key: string;
  /** What a reference to the axis gives. */
  readonly node: DocumentNode;
}

/** An instance as others find it along their axes. */
export interface PlacedInstance {
  readonly id: string;
  readonly step: { readonly produces: string };
  readonly points: readonly AxisPoint[];
}
