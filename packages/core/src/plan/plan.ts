import type { JsonObject, JsonValue, KindRole, MissingInput, PlannedOutput, SourcePlace } from "@eosin/plugin-api";
import type { EngineIdentity } from "@eosin/plugin-api/learning";
import type { LockedPlugin } from "../container/locked-plugin.js";
import type { FingerprintParts } from "../store/fingerprint-parts.js";
import type { Setting } from "./settings/setting.js";

/** An option that may lack artifacts. */
export interface Dispensable {
  /** Whether at least one must be left. */
  readonly needsOne: boolean;
  /** What the option is where none is left. */
  readonly otherwise?: JsonValue;
}

/** One run of one step: the unit that is fingerprinted, stored, scheduled and executed. */
export interface PlanInstance {
  /** `data`, `train[fold-0]`, `train[alpha=0.3,fold=fold-0]` (an axis is named where there is more than one). */
  readonly id: string;
  readonly step: string;
  readonly uses: string;
  readonly kind: string;
  readonly role: Exclude<KindRole, "part">;
  readonly plugin: string;
  /** Axis → item key, e.g. `{ fold: "fold-0" }`. */
  readonly axes: { readonly [axis: string]: string };
  /** Validated, defaults filled in; references are artifact handles. */
  readonly options: JsonObject;
  /** Instances whose artifacts the options name, in order, without repeats. */
  readonly inputs: readonly string[];
  readonly fingerprint: string;
  readonly parts: FingerprintParts;
  /** Looks that must be over first, and well: at the planned instances that the options name. */
  readonly after?: readonly string[];
  /** The planned instance that this one opens, where it is a look. */
  readonly looksAt?: string;
  /** Options that may lack artifacts which could not be made. */
  readonly doesWithout?: { readonly [option: string]: Dispensable };
  /** Inputs that could not be made: set by a run, in the plan of an instance that goes on without them. */
  readonly missing?: readonly MissingInput[];
  /** What it takes of a machine: decides when it starts, never what it computes. */
  readonly resources: { readonly threads: number; readonly memoryBytes?: number; readonly device: "cpu" | "gpu" };
  /** Its component's `estimate` tells the memory that `resources` leave open: a run asks before the instance starts. */
  readonly estimates?: true;
  /** The type of the artifact that it writes. */
  readonly produces: string;
  readonly place: SourcePlace;
}

export interface PlanEngine {
  readonly identity: EngineIdentity;
  readonly reason: string;
}

/** Everything that a run needs, as plain JSON: `pipe exec` reads it on any machine that sees the store. */
export interface Plan {
  readonly planVersion: 1;
  readonly document: {
    readonly name: string;
    readonly description?: string;
    readonly file: string;
    readonly profile?: string;
  };
  readonly baseFolder: string;
  readonly seed: number;
  readonly params: JsonObject;
  /** Variables whose values are nowhere: `${env.NAME}` stands for them, and whoever runs a part of the plan fills it in. */
  readonly secrets?: readonly string[];
  /** Chosen only where a component of the plan uses an engine. */
  readonly engine?: PlanEngine;
  readonly plugins: { readonly [name: string]: LockedPlugin };
  /** In an order in which every instance comes after its inputs. */
  readonly instances: readonly PlanInstance[];
  /** Every value that the document came to, and who said so. Absent in plans of before it was kept. */
  readonly settings?: readonly Setting[];
  /** Outputs of the planned instances, by instance id. */
  readonly planned: { readonly [instance: string]: PlannedOutput<JsonValue> };
}
