import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import type { PredictionSettings, ReadingRemark } from "@eosin/plugin-api/imaging";
import { writeDurably } from "@eosin/support/durable-file";
import { messageOf } from "@eosin/support/message-of";

/** Name of the file beside `masks/` and `probabilities/` that says what predictions wrote there. */
export const MANIFEST = "predictions.json";

/** One call of `pipe predict`: what it was asked for, and what of it is in the folder still. */
export interface PredictionCall extends PredictionSettings {
  /** ISO 8601 */
  readonly when: string;
  /** Folder of the run. */
  readonly run?: string;
  /** Instance that trained the model, e.g. `train[fold-0]`. */
  readonly instance?: string;
  /** The model's title. */
  readonly model: string;
  /** What values of more than 8 bits were scaled by, where one was given. */
  readonly range?: number;
  readonly images: readonly ManifestImage[];
  /** Images that were not predicted. */
  readonly failed: readonly FailedImage[];
}

export interface ManifestImage {
  readonly id: string;
  /** Absolute. */
  readonly image: string;
  /** Relative to the manifest, with forward slashes; likewise `probability`. */
  readonly mask: string;
  readonly probability: string;
  /** Share of the image that the mask covers, 0…1; absent while the image is under way. */
  readonly coverage?: number;
  readonly remarks?: readonly ReadingRemark[];
  /** Of the files that were written; absent while the image is under way. */
  readonly sha256?: { readonly mask: string; readonly probability: string };
}

export interface FailedImage {
  readonly image: string;
  readonly code: string;
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
  readonly next?: string;
}

interface Manifest {
  readonly eosin: "predictions";
  readonly version: 1;
  /** Oldest first. */
  readonly calls: readonly PredictionCall[];
}

/** @returns The calls of a folder's manifest; nothing where there is none, or a file of another making. */
export async function readManifest(folder: string): Promise<readonly PredictionCall[] | undefined> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => undefined);
  return text === undefined ? undefined : parseManifest(text);
}

function parseManifest(text: string): readonly PredictionCall[] | undefined {
  try {
    const manifest = JSON.parse(text) as Partial<Manifest> | null;
    const isOne = manifest?.eosin === "predictions" && manifest.version === 1 && Array.isArray(manifest.calls);
    return isOne && manifest.calls?.every(({ images }) => images.every(namesFiles)) ? manifest.calls : undefined;
  } catch {
    return undefined;
  }
}

function namesFiles({ id, mask, probability }: ManifestImage): boolean {
  return [id, mask, probability].every((each) => typeof each === "string");
}

export async function writeManifest(folder: string, calls: readonly PredictionCall[]): Promise<void> {
  const manifest: Manifest = { eosin: "predictions", version: 1, calls };
  await writeWhole(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
}

/** Writes a file so that it is there whole or not at all. @throws EosinError `OUTPUT_UNWRITABLE` */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeDurably(path, content);
  } catch (cause) {
    throw new EosinError({
      code: "OUTPUT_UNWRITABLE",
      message: "A prediction cannot be written.",
      place: path,
      expected: "a folder where files may be written, with room for them",
      found: messageOf(cause),
      next: "Give another --out, or make room.",
      cause,
    });
  }
}
