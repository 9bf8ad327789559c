import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import { isTemporary, removeAbandonedIn } from "@eosin/support/temporary-file";
import { filesBelow, namesIn } from "./folder-listing.js";
import { isLocked } from "./lock-file.js";
import { decodeManifest } from "./manifest.js";
import type { StorePaths } from "./store-paths.js";

export interface CleanRequest {
  readonly runsFolder: string;
  /** How many of the newest runs keep their folder and everything that they used. */
  readonly keepRuns: number;
}

/** What was removed. */
export interface CleanResult {
  readonly runs: number;
  readonly artifacts: number;
  readonly bytes: number;
}

/**
 * Removes runs beyond the newest, then every artifact, blob and scratch folder that no kept run refers to, and what was
 * set aside as damaged. What killed processes left was tidied up before.
 */
export async function cleanStore(paths: StorePaths, { runsFolder, keepRuns }: CleanRequest): Promise<CleanResult> {
  await refuseWhileInUse(paths);
  removeAbandonedIn(runsFolder);
  const runs = (await namesIn(runsFolder))
    .filter((name) => !isTemporary(name))
    .sort()
    .reverse();
  const kept = new Set<string>();
  for (const run of runs.slice(0, keepRuns)) {
    for (const fingerprint of await fingerprintsOf(join(runsFolder, run))) kept.add(fingerprint);
  }
  let bytes = 0;
  for (const run of runs.slice(keepRuns)) bytes += await removeAll(join(runsFolder, run));

  let artifacts = 0;
  const usedBlobs = new Set<string>();
  for (const file of await filesBelow(paths.artifacts)) {
    const manifest = decodeManifest(await readFile(file, "utf8"));
    const inPlace = manifest && paths.manifest(manifest.fingerprint) === file;
    if (inPlace && kept.has(manifest.fingerprint)) {
      for (const { sha256 } of Object.values(manifest.blobs)) usedBlobs.add(sha256);
    } else {
      bytes += await removeAll(file);
      // A temporary file that a killed process left beside the manifests is not an output.
      if (!isTemporary(file)) artifacts++;
    }
  }
  for (const folder of await namesIn(paths.blobs)) {
    for (const blob of await namesIn(join(paths.blobs, folder))) {
      if (!usedBlobs.has(blob)) bytes += await removeAll(join(paths.blobs, folder, blob));
    }
  }
  for (const folder of [paths.scratches, paths.stagings]) {
    for (const fingerprint of await namesIn(folder)) {
      if (!kept.has(fingerprint)) bytes += await removeAll(join(folder, fingerprint));
    }
  }
  for (const folder of [paths.damaged, paths.caches, paths.locks]) bytes += await removeAll(folder);
  return { runs: Math.max(0, runs.length - keepRuns), artifacts, bytes };
}

async function refuseWhileInUse(paths: StorePaths): Promise<void> {
  const held = (await namesIn(paths.locks)).find((name) => isLocked(join(paths.locks, name)));
  if (held === undefined) return;
  throw new EosinError({
    code: "STORE_BUSY",
    message: "A run is using the store.",
    place: join(paths.locks, held),
    next: "Wait until it has ended, or stop it, then clean again.",
  });
}

async function fingerprintsOf(run: string): Promise<readonly string[]> {
  try {
    const plan = JSON.parse(await readFile(join(run, "plan.json"), "utf8")) as { instances: { fingerprint: string }[] };
    return plan.instances.map(({ fingerprint }) => fingerprint);
  } catch {
    return [];
  }
}

/** @returns How many bytes the files had. */
async function removeAll(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  const files = found.isDirectory() ? await filesBelow(path) : [path];
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  await rm(path, { recursive: true, force: true });
  return sizes.reduce((sum, size) => sum + size, 0);
}
