import { chmod, mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFile, syncFolder, writeDurably } from "@eosin/support/durable-file";
import { inParallel } from "@eosin/support/in-parallel";
import type { RememberingHasher } from "../files/file-hasher.js";
import { type BlobRecord, encodeManifest, type Manifest } from "./manifest.js";
import type { StorePaths } from "./store-paths.js";

export interface StagedBlob extends BlobRecord {
  readonly path: string;
}

/** Written ahead of the moves that it lists: from then on the artifact is decided, whatever happens to the process. */
interface CommitRecord {
  readonly manifest: Manifest;
  readonly moves: readonly { readonly from: string; readonly sha256: string }[];
}

const syncsAtOnce = 8;

/** Puts staged blobs and the manifest in place. What a kill leaves half done, {@link finishCommit} completes. */
export async function commitArtifact(
  paths: StorePaths,
  hasher: RememberingHasher,
  manifest: Manifest,
  staged: readonly StagedBlob[],
): Promise<void> {
  const distinct = [...new Map(staged.map((blob) => [blob.sha256, blob])).values()];
  await inParallel(distinct, syncsAtOnce, ({ path }) => syncFile(path));
  const record: CommitRecord = { manifest, moves: distinct.map(({ path, sha256 }) => ({ from: path, sha256 })) };
  await writeDurably(recordFile(paths, manifest.fingerprint), JSON.stringify(record));
  await finishCommit(paths, hasher, manifest.fingerprint);
}

/** Completes a commit that was decided, if there is one. The caller holds the lock of the fingerprint. */
export async function finishCommit(paths: StorePaths, hasher: RememberingHasher, fingerprint: string): Promise<void> {
  const record = await readRecord(recordFile(paths, fingerprint));
  if (!record) return;
  if (await isWhole(record, paths)) {
    const folders = new Set(record.moves.map(({ sha256 }) => dirname(paths.blob(sha256))));
    await inParallel([...folders], syncsAtOnce, (folder) => mkdir(folder, { recursive: true }));
    await inParallel(record.moves, syncsAtOnce, async ({ from, sha256 }) => {
      if (!(await isThere(from))) return;
      await moveToPool(from, paths.blob(sha256));
      await hasher.remember(paths.blob(sha256), sha256);
    });
    await inParallel([...folders], syncsAtOnce, syncFolder);
    // Written in the staging folder: what a kill leaves of it goes with that.
    const temporary = join(paths.staging(fingerprint), "manifest.tmp");
    await writeDurably(paths.manifest(fingerprint), encodeManifest(record.manifest), temporary);
  }
  await rm(paths.scratch(fingerprint), { recursive: true, force: true });
  await rm(paths.staging(fingerprint), { recursive: true, force: true });
}

/** Not where someone removed blobs by hand after the kill: then the step starts over. */
async function isWhole(record: CommitRecord, paths: StorePaths): Promise<boolean> {
  const there = await inParallel(
    record.moves,
    syncsAtOnce,
    async ({ from, sha256 }) => (await isThere(from)) || (await isThere(paths.blob(sha256))),
  );
  return there.every(Boolean);
}

/** Over an equal blob, or a damaged one under the same name. */
async function moveToPool(from: string, blob: string): Promise<void> {
  await chmod(from, 0o444);
  await rename(from, blob);
}

async function readRecord(file: string): Promise<CommitRecord | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as CommitRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function recordFile(paths: StorePaths, fingerprint: string): string {
  return join(paths.staging(fingerprint), "commit.json");
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
