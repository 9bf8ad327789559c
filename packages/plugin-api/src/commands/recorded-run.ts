import type { Artifact } from "../artifact.js";
import type { JsonObject, JsonValue } from "../json.js";
import type { PlannedOutput } from "../planned.js";
import type { RunProvenance } from "../step.js";
import type { LoadedPlugins, PluginRequest } from "./loaded-plugins.js";

/**
 * One run of one step, as the plan of a run holds it.
 * @given
 */
export interface RecordedInstance {
  /** `data`, `train[fold-0]` */
  readonly id: string;
  readonly step: string;
  readonly uses: string;
  /** Axis → item key, e.g. `{ fold: "fold-0" }`. */
  readonly axes: { readonly [axis: string]: string };
  /** Validated, defaults filled in; references are artifact handles. */
  readonly options: JsonObject;
  /** Instances that it reads. */
  readonly inputs: readonly string[];
  readonly fingerprint: string;
  readonly parts: {
    /** Hashes of the plugins that its result depends on. */
    readonly plugins: { readonly [plugin: string]: string };
  };
  /** The type of the artifact that it writes. */
  readonly produces: string;
}

/**
 * What a run was made of.
 * @given
 */
export interface RecordedPlan {
  readonly document: { readonly name: string; readonly profile?: string };
  readonly seed: number;
  readonly engine?: { readonly identity: JsonObject };
  readonly plugins: { readonly [plugin: string]: { readonly version: string; readonly hash: string } };
  /** In an order in which every instance comes after its inputs. */
  readonly instances: readonly RecordedInstance[];
  /** Outputs of the planned instances, by instance. */
  readonly planned: { readonly [instance: string]: PlannedOutput<JsonValue> };
}

/**
 * A run that is only read.
 * @given
 */
export interface RecordedRun {
  /** The name of its folder. */
  readonly id: string;
  readonly folder: string;
  readonly plan: RecordedPlan;
  /**
   * What an instance wrote, as it is stored.
   * @returns Nothing where it is missing or damaged.
   * @throws EosinError `NO_STORE`
   */
  find(instance: RecordedInstance): Promise<Artifact | undefined>;
  /**
   * What an instance wrote, as a step of the run would get it: with the values of secret variables.
   * @throws EosinError `NO_STORE`, `ARTIFACT_MISSING`, `VARIABLE_NOT_SET`
   */
  open(instance: RecordedInstance): Promise<Artifact>;
  /** What may be said of instances: of the plan only they and what they depend on. */
  provenanceOf(instances: readonly RecordedInstance[]): RunProvenance;
  /** The plugins that the run was made with. @throws EosinError `PLUGIN_UNTRUSTED`, and what is wrong with a plugin */
  loadPlugins(request?: Pick<PluginRequest, "trust">): Promise<LoadedPlugins>;
}
