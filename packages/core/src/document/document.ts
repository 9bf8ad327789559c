import type { JsonObject, SourcePlace } from "@eosin/plugin-api";
import type { DocumentNode, MapNode, NodePath } from "../nodes/node.js";
import type { SecretRules } from "../secrets/secret-names.js";

export interface EngineSettings {
  /** `auto`, or an engine's name. */
  readonly name: string;
  readonly precision: "float32" | "bfloat16";
  /** e.g. `cpu`, `cuda`, `cuda:1`; the engine's best without it. */
  readonly device?: string;
}

/** A step as it stands in the document: references are not resolved yet. */
export interface StepDeclaration {
  readonly id: string;
  readonly uses: string;
  /** Of the step's key. */
  readonly place: SourcePlace;
  readonly usesPlace: SourcePlace;
  readonly with: MapNode;
  /** Axis → reference to a planned list. */
  readonly each: ReadonlyMap<string, DocumentNode>;
  /** Axis → list or map of values, or a reference to one. */
  readonly matrix: ReadonlyMap<string, DocumentNode>;
}

/** A pipeline with what it extends, its profile and the flags laid over it. Every value knows where it was written. */
export interface PipelineDocument {
  /** Absolute. */
  readonly file: string;
  /** Every file that was read: the document, then what it extends. */
  readonly files: readonly string[];
  /** The folder of the document: relative paths of options are relative to it. */
  readonly baseFolder: string;
  readonly name: string;
  readonly description?: string;
  readonly profile?: string;
  /** The profile that runs are compared with, e.g. a paper's settings. */
  readonly referenceProfile?: string;
  /** Names of all profiles, in document order. */
  readonly profiles: readonly string[];
  /** Package name, or path of a folder relative to `baseFolder` → version range. */
  readonly plugins: { readonly [plugin: string]: string };
  /** Environment variables that are secret, or are none, whatever their names say. */
  readonly secretRules: SecretRules;
  readonly seed: number;
  readonly engine: EngineSettings;
  readonly params: ReadonlyMap<string, DocumentNode>;
  /** In document order. */
  readonly steps: ReadonlyMap<string, StepDeclaration>;
  /** Steps that a file, a profile or a flag dropped, and where. */
  readonly dropped: ReadonlyMap<string, SourcePlace>;
  /** As plain JSON, references as they stand. */
  readonly resolved: JsonObject;
  /** Where the value at the path is, or the innermost one on the way to it. */
  placeOf(path: NodePath): SourcePlace;
  /** Whether what is at a place belongs to the profile that was taken. */
  inProfile(place: SourcePlace): boolean;
}
