import type { JsonValue } from "@eosin/plugin-api";
import type { UnsuitableChoice } from "../../estimation/unsuitable-option.js";

/** The options of every normalizer with a target; `target` is absolute. */
export interface TargetedOptions {
  readonly target?: string;
  readonly statistics?: { readonly [name: string]: JsonValue };
  readonly unsuitable: UnsuitableChoice;
}
