import { copyFile, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative } from "node:path";
import { EosinError, type JsonValue, type OutputWriter } from "@eosin/plugin-api";
import { sha256Of, sha256OfFile } from "@eosin/support/sha256";
import type { RememberingHasher } from "../files/file-hasher.js";
import { commitArtifact, type StagedBlob } from "./commit.js";
import type { ArtifactOrigin, Manifest } from "./manifest.js";
import { moveBack } from "./move-back.js";
import { withStoreErrors } from "./store-error.js";
import type { StorePaths } from "./store-paths.js";

/** Collects the blobs of one artifact; nothing of it is visible before `commit`. */
export interface ArtifactWriter extends OutputWriter {
  /** Makes blobs durable, then the manifest: only an artifact with a manifest exists. Scratch is removed. */
  commit(value: JsonValue): Promise<Manifest>;
}

/**
 * The caller holds the lock of the fingerprint. Files that a killed run had moved out of its scratch folder are moved
 * back first, so that the step finds its scratch as it left it.
 */
export async function createArtifactWriter(
  paths: StorePaths,
  hasher: RememberingHasher,
  origin: ArtifactOrigin,
): Promise<ArtifactWriter> {
  const scratch = paths.scratch(origin.fingerprint);
  const staging = paths.staging(origin.fingerprint);
  const staged = new Map<string, StagedBlob>();
  const taken = new Set<string>();
  let count = 0;

  await withStoreErrors(paths.folder, () => moveBack(staging, scratch));

  function take(name: string): void {
    requireBlobName(name, origin.instance);
    if (taken.has(name)) throw blobTwice(name, origin.instance);
    taken.add(name);
  }

  /** A path of its own for every blob; what follows the number says where a moved file came from. */
  async function nextPath(rest: string): Promise<string> {
    const path = join(staging, String(count++).padStart(8, "0"), rest);
    await mkdir(dirname(path), { recursive: true });
    return path;
  }

  return {
    write: (name, data) =>
      withStoreErrors(paths.folder, async () => {
        take(name);
        const bytes = typeof data === "string" ? Buffer.from(data) : data;
        const sha256 = sha256Of(bytes);
        const path = await nextPath("written/blob");
        await writeFile(path, bytes);
        staged.set(name, { path, sha256, size: bytes.byteLength });
      }),

    moveIn: (name, path) =>
      withStoreErrors(paths.folder, async () => {
        take(name);
        const inScratch = relative(scratch, path);
        const isInside = !inScratch.startsWith("..") && !isAbsolute(inScratch);
        const target = await nextPath(isInside ? join("moved", inScratch) : "written/blob");
        await move(path, target);
        const { size } = await stat(target);
        staged.set(name, { path: target, sha256: await sha256OfFile(target, { size }), size });
      }),

    commit: (value) =>
      withStoreErrors(paths.folder, async () => {
        const blobs = [...staged].sort(([a], [b]) => (a < b ? -1 : 1));
        const manifest: Manifest = {
          ...origin,
          value,
          blobs: Object.fromEntries(blobs.map(([name, { sha256, size }]) => [name, { sha256, size }])),
        };
        await commitArtifact(
          paths,
          hasher,
          manifest,
          blobs.map(([, blob]) => blob),
        );
        return manifest;
      }),
  };
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await copyFile(from, to);
    await rm(from);
  }
}

function requireBlobName(name: string, instance: string): void {
  const parts = name.split("/");
  if (!name.includes("\\") && parts.every((part) => part !== "" && part !== "." && part !== "..")) return;
  throw new EosinError({
    code: "BLOB_NAME_INVALID",
    message: `${instance} writes a blob with a name that is not a relative path.`,
    place: instance,
    expected: "a relative path with forward slashes, e.g. masks/0001.png",
    found: JSON.stringify(name),
  });
}

function blobTwice(name: string, instance: string): EosinError {
  return new EosinError({
    code: "BLOB_TWICE",
    message: `${instance} writes the blob ${name} twice.`,
    place: instance,
    expected: "names that are unique in the artifact",
  });
}
