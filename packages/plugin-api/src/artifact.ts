import type { z } from "zod";
import type { JsonValue } from "./json.js";

/**
 * A family of artifacts: its name, and what the value of each must be. Who reads one through its handle gets that type;
 * what a step returns is checked before it is stored.
 */
export interface ArtifactType<Name extends string = string, Value = unknown> {
  readonly $eosin: "artifact-type";
  /** Lower-case with hyphens, e.g. `predictions`. */
  readonly name: Name;
  readonly schema: z.ZodType<Value>;
}

/**
 * Defines a family of artifacts: its name, and what the value of each is.
 * @param name Lower-case with hyphens; the same for everyone who reads such artifacts.
 * @param schema Of the value, which is small plain JSON; what is large belongs in blobs.
 * @example
 * ```ts
 * import { defineArtifact } from "@eosin/plugin-api";
 * import { z } from "zod";
 *
 * export const patchCounts = defineArtifact("patch-counts", z.object({ patches: z.number().int().min(0) }));
 * ```
 */
export function defineArtifact<Name extends string, Value>(
  name: Name,
  schema: z.ZodType<Value>,
): ArtifactType<Name, Value> {
  return { $eosin: "artifact-type", name, schema };
}

/** A name for what an instance wrote, as it stands in resolved options. */
export interface ArtifactHandle<Value = unknown, Name extends string = string> {
  readonly $artifact: { readonly type: Name; readonly instance: string; readonly item?: string };
  /** Carries the type of the value; never set. */
  readonly $value?: Value;
}

/** An artifact that was opened: a small JSON value and named blobs (files of the store, read only). */
export interface Artifact<Value = JsonValue> {
  readonly type: string;
  readonly instance: string;
  /** The axes of the instance that wrote it, e.g. `{ fold: "fold-0", alpha: "0.3" }`. */
  readonly axes: { readonly [axis: string]: string };
  readonly value: Value;
  /** Sorted. */
  readonly blobNames: readonly string[];
  /** @returns The path of the blob's file. @throws EosinError `BLOB_MISSING`. */
  blobPath(name: string): string;
}

/**
 * One handle, or several, as a list: what an option of {@link artifacts} holds.
 * @example
 * ```ts
 * import { type ArtifactHandle, listOfHandles, type StepContext } from "@eosin/plugin-api";
 * import type { Predictions } from "@eosin/plugin-api/imaging";
 *
 * type Given = ArtifactHandle<Predictions> | readonly ArtifactHandle<Predictions>[];
 *
 * export async function countPatches(context: StepContext, given: Given): Promise<number> {
 *   const opened = await Promise.all(listOfHandles(given).map((handle) => context.open(handle)));
 *   return opened.reduce((sum, { value }) => sum + value.samples.length, 0);
 * }
 * ```
 */
export function listOfHandles<Value>(
  handles: ArtifactHandle<Value> | readonly ArtifactHandle<Value>[],
): readonly ArtifactHandle<Value>[] {
  return Array.isArray(handles) ? handles : [handles as ArtifactHandle<Value>];
}
