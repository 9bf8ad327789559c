import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { inParallel } from "@eosin/support/in-parallel";
import { sha256OfFile } from "@eosin/support/sha256";
import { isTemporary } from "@eosin/support/temporary-file";
import { stampOf } from "../files/file-stamp.js";
import { filesBelow, namesIn } from "./folder-listing.js";
import { decodeManifest, type Manifest } from "./manifest.js";
import { isReadingFault, setAsideSync } from "./set-aside.js";
import type { StorePaths } from "./store-paths.js";

/** A file of the store that is not as it was written. */
export interface Damage {
  /** Where it was. */
  readonly file: string;
  readonly reason: string;
  /** Where it was moved to; absent where it is gone, or could not be moved. */
  readonly aside?: string;
  /** What needs it; empty for a blob that nothing refers to. Of a manifest that cannot be read only the fingerprint is known. */
  readonly outputs: readonly { readonly fingerprint: string; readonly instance?: string; readonly blob?: string }[];
}

export interface VerifyProgress {
  /** Of blobs; bytes. */
  readonly done: number;
  readonly total: number;
}

export interface VerifyResult {
  readonly outputs: number;
  readonly blobs: number;
  readonly bytes: number;
  readonly damaged: readonly Damage[];
}

const readsAtOnce = 4;

/**
 * Reads every manifest and every byte of every blob, whatever was remembered of them. What is damaged is moved aside to
 * `damaged/`, so that the next run computes it again.
 */
export async function verifyStore(
  paths: StorePaths,
  onProgress: (progress: VerifyProgress) => void = () => {},
): Promise<VerifyResult> {
  const damaged: Damage[] = [];
  const users = new Map<string, Damage["outputs"][number][]>();
  let outputs = 0;
  for (const file of await filesBelow(paths.artifacts)) {
    if (isTemporary(file)) continue;
    const fingerprint = basename(file, ".json");
    const found = await readManifest(file, fingerprint);
    outputs++;
    if (typeof found === "string") {
      damaged.push({ file, reason: found, aside: setAsideSync(file, paths), outputs: [{ fingerprint }] });
      continue;
    }
    for (const [blob, { sha256 }] of Object.entries(found.blobs)) {
      users.set(sha256, [...(users.get(sha256) ?? []), { fingerprint, instance: found.instance, blob }]);
    }
  }

  const stored = await storedBlobs(paths);
  const total = stored.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  await inParallel(stored, readsAtOnce, async ({ file, size, stamp }) => {
    const reason = await flawOf(file, size);
    if (reason !== undefined) {
      // Meanwhile a run may have put a whole one in its place.
      const same = (await stampOf(file).catch(() => undefined))?.text === stamp;
      const aside = same ? setAsideSync(file, paths) : undefined;
      damaged.push({ file, reason, aside, outputs: users.get(basename(file)) ?? [] });
    }
    done += size;
    onProgress({ done, total });
  });
  const there = new Set(stored.map(({ file }) => basename(file)));
  for (const [sha256, needed] of users) {
    if (!there.has(sha256)) damaged.push({ file: paths.blob(sha256), reason: "it is missing", outputs: needed });
  }
  return { outputs, blobs: stored.length, bytes: total, damaged };
}

async function readManifest(file: string, fingerprint: string): Promise<Manifest | string> {
  try {
    const manifest = decodeManifest(await readFile(file, "utf8"));
    return manifest?.fingerprint === fingerprint ? manifest : "it is not as it was written";
  } catch (error) {
    return unreadable(error);
  }
}

interface StoredBlob {
  readonly file: string;
  readonly size: number;
  readonly stamp: string;
}

async function storedBlobs(paths: StorePaths): Promise<readonly StoredBlob[]> {
  const blobs: StoredBlob[] = [];
  for (const folder of await namesIn(paths.blobs)) {
    for (const name of await namesIn(join(paths.blobs, folder))) {
      const file = join(paths.blobs, folder, name);
      const stamp = await stampOf(file).catch(() => undefined);
      if (stamp?.isFile) blobs.push({ file, size: stamp.size, stamp: stamp.text });
    }
  }
  return blobs;
}

async function flawOf(file: string, size: number): Promise<string | undefined> {
  try {
    return (await sha256OfFile(file, { size })) === basename(file)
      ? undefined
      : "its bytes are not those that were written";
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return isReadingFault(error) ? `the disk cannot read it (${code})` : `it cannot be read: ${message}`;
}
