import type { JsonValue } from "./json.js";

/** A name for what an instance wrote, as it stands in resolved options. */
export interface ArtifactHandle<Type extends string = string> {
  readonly $artifact: { readonly type: Type; readonly instance: string; readonly item?: string };
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

export function listOfHandles<Type extends string>(
  handles: ArtifactHandle<Type> | readonly ArtifactHandle<Type>[],
): readonly ArtifactHandle<Type>[] {
  return Array.isArray(handles) ? handles : [handles as ArtifactHandle<Type>];
}
