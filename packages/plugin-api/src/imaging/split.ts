import type { z } from "zod";
import { type AnyComponentDefinition, type ComponentDefinition, defineComponent } from "../component.js";
import type { PlannedComponent } from "../planned.js";
import type { DatasetIndex } from "./dataset.js";

export type SplitPart = "train" | "validation" | "test";

/** The value of one item of a `split` artifact: ids of the dataset by part, each sorted as the split chose. */
export interface Split {
  readonly key: string;
  readonly dataset: DatasetIndex;
  readonly train: readonly string[];
  readonly validation: readonly string[];
  readonly test: readonly string[];
  /** The attribute whose equal values were kept on one side, e.g. `patient`: what figures are resampled by. */
  readonly groupBy?: string;
}

/** Implementation of the kind `split`: a planned list whose items are {@link Split}s, keyed `fold-0`, `fold-1`… */
export type SplitComponent = PlannedComponent;

export function defineSplit<Schema extends z.ZodObject>(
  definition: Omit<ComponentDefinition<"split", Schema, SplitComponent>, "$eosin" | "kind" | "produces">,
): AnyComponentDefinition {
  return defineComponent({ ...definition, kind: "split", produces: "split" });
}
