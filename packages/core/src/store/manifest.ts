import type { JsonValue } from "@eosin/plugin-api";
import { sha256Of } from "@eosin/support/sha256";
import type { FingerprintParts } from "./fingerprint-parts.js";

export interface BlobRecord {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** What the store knows about an artifact beside the bytes of its blobs. It holds no time: same work, same manifest. */
export interface Manifest {
  readonly fingerprint: string;
  readonly step: string;
  readonly instance: string;
  readonly axes: { readonly [axis: string]: string };
  readonly uses: string;
  readonly produces: string;
  readonly parts: FingerprintParts;
  readonly value: JsonValue;
  /** By name, sorted. */
  readonly blobs: { readonly [name: string]: BlobRecord };
}

/** Who writes an artifact, before its content is known. */
export type ArtifactOrigin = Omit<Manifest, "value" | "blobs">;

/** One line with the SHA-256 of the rest, then the manifest. */
export function encodeManifest(manifest: Manifest): string {
  const body = `${JSON.stringify(manifest, null, 1)}\n`;
  return `${sha256(body)}\n${body}`;
}

/** @returns Nothing where a byte is not as it was written. */
export function decodeManifest(text: string): Manifest | undefined {
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  return end === 64 && sha256(body) === text.slice(0, end) ? (JSON.parse(body) as Manifest) : undefined;
}

/** Equal for two artifacts that hold the same value and bytes. */
export function contentHash({ value, blobs }: Pick<Manifest, "value" | "blobs">): string {
  return sha256(JSON.stringify({ value, blobs }));
}

function sha256(text: string): string {
  return sha256Of(text);
}
