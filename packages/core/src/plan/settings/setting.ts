import type { JsonValue, SourcePlace } from "@eosin/plugin-api";
import type { ReferenceUse } from "../../nodes/node.js";

/** Where a value comes from. */
export type Origin =
  | { readonly from: "file"; readonly place: SourcePlace }
  | { readonly from: "profile"; readonly profile: string; readonly place: SourcePlace }
  | { readonly from: "flag"; readonly flag: string }
  | { readonly from: "environment"; readonly variable: string; readonly place: SourcePlace }
  /** Nothing says it: the component's default, or Eosin's own. */
  | { readonly from: "default"; readonly of: string };

/** One value of a document as it counts: `steps.train.with.optimizer.with.lr`, 0.001, and who said so. */
export interface Setting {
  /** As `--set` takes it: an item of a list goes by its `uses` where that is one of a kind, else by its number. */
  readonly path: string;
  /** Params and variables are resolved; references to steps and axes are as they are written. */
  readonly value: JsonValue;
  readonly origin: Origin;
  /** The reference that brought the value there. */
  readonly via?: ReferenceUse;
}
