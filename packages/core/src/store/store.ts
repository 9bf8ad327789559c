import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Artifact, EosinError, isEosinError } from "@eosin/plugin-api";
import { inParallel } from "@eosin/support/in-parallel";
import { temporaryBeside } from "@eosin/support/temporary-file";
import { createFileHasher, type RememberingHasher } from "../files/file-hasher.js";
import type { ArtifactWriter } from "./artifact-writer.js";
import { BlobReader } from "./blob-reader.js";
import type { CleanRequest, CleanResult } from "./clean.js";
import type { LockWaiting } from "./lock-file.js";
import { type ArtifactOrigin, decodeManifest, type Manifest } from "./manifest.js";
import { isReadingFault } from "./set-aside.js";
import { withStoreErrors } from "./store-error.js";
import { StorePaths } from "./store-paths.js";
import type { VerifyProgress, VerifyResult } from "./verify.js";

export type EntryState =
  | { readonly state: "stored"; readonly manifest: Manifest }
  | { readonly state: "missing" }
  | { readonly state: "corrupt"; readonly reason: string };

/**
 * Instance and axes are those under which it was stored first. `blobPath` reads the blob before it tells where it is:
 * it throws EosinError `STORE_DAMAGED` where a byte is not as it was written.
 */
export interface StoredArtifact extends Artifact {
  readonly manifest: Manifest;
}

export interface PastArtifact extends Manifest {
  /** ISO; for people only. */
  readonly when: string;
}

/**
 * Artifacts by fingerprint, blobs by content: equal bytes are kept once. Several processes may use one store.
 * Every method throws EosinError `STORE_FULL` or `STORE_UNWRITABLE` where the disk refuses.
 */
export interface Store {
  readonly folder: string;
  /** Its memory of hashes is in the store. */
  readonly hasher: RememberingHasher;
  /**
   * Looks at every byte of an entry whose files changed since they were last looked at, by size, times and inode. What
   * a disk damages without a trace is found when a blob is opened, and by `verify`.
   */
  check(fingerprint: string): Promise<EntryState>;
  has(fingerprint: string): Promise<boolean>;
  /** @returns Nothing where the entry is missing or damaged. */
  find(fingerprint: string): Promise<StoredArtifact | undefined>;
  /** @throws EosinError `ARTIFACT_MISSING` where the entry is missing or damaged */
  read(fingerprint: string): Promise<StoredArtifact>;
  /** Forgets an entry; its blobs stay for others that hold the same bytes. */
  remove(fingerprint: string): Promise<void>;
  /** Completes what a kill left of a commit. Call it first, while holding the lock. */
  finishCommit(fingerprint: string): Promise<void>;
  /** Forgets what an unfinished run left. Call it while holding the lock. */
  clearScratch(fingerprint: string): Promise<void>;
  /** Call it while holding the lock. */
  writer(origin: ArtifactOrigin): Promise<ArtifactWriter>;
  /** One process at a time computes a fingerprint and owns its scratch folder. @returns What releases the lock. */
  lock(fingerprint: string, waiting?: LockWaiting): Promise<() => void>;
  /** Exists only once a step has run; outlives it unless it succeeded. */
  scratchFolder(fingerprint: string): string;
  /** What a component knows by content, shared by all runs; whoever uses it makes the folder, and cleaning takes it away. */
  cacheFolder(component: string): string;
  /** Whether an unfinished run left something there. */
  hasScratch(fingerprint: string): Promise<boolean>;
  /** What was stored under a step's name, newest first. */
  history(step: string): Promise<readonly PastArtifact[]>;
  /** @throws EosinError `STORE_UNWRITABLE`, `STORE_FULL` */
  requireWritable(): Promise<void>;
  /** Removes what killed processes left, but for the scratch of unfinished work. */
  tidy(): Promise<void>;
  /** Reads everything; what is damaged is moved aside, so that the next run computes it again. */
  verify(onProgress?: (progress: VerifyProgress) => void): Promise<VerifyResult>;
  /** @throws EosinError `STORE_BUSY` while a run uses the store */
  clean(request: CleanRequest): Promise<CleanResult>;
}

export interface StoreOpening {
  /** Reads every file that is hashed, whatever is remembered of it, and remembers what it finds. */
  readonly rehash?: boolean;
}

/** @param folder Made where it is missing. @throws EosinError `STORE_UNWRITABLE`, `STORE_FULL` */
export async function openStore(folder: string, { rehash }: StoreOpening = {}): Promise<Store> {
  const paths = new StorePaths(folder);
  await withStoreErrors(folder, () => mkdir(folder, { recursive: true }));
  const hasher = createFileHasher(paths.hashes, { rehash });
  const reader = new BlobReader(paths);

  async function check(fingerprint: string): Promise<EntryState> {
    const file = paths.manifest(fingerprint);
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      if (isReadingFault(error)) return "";
      throw error;
    });
    if (text === undefined) return { state: "missing" };
    const manifest = decodeManifest(text);
    if (manifest?.fingerprint !== fingerprint) return { state: "corrupt", reason: `${file} is damaged` };
    const reason = await findDamage(manifest);
    return reason === undefined ? { state: "stored", manifest } : { state: "corrupt", reason };
  }

  async function findDamage(manifest: Manifest): Promise<string | undefined> {
    const blobs = Object.entries(manifest.blobs);
    const sizes = await inParallel(blobs, 64, ([, { sha256 }]) =>
      stat(paths.blob(sha256)).then(
        ({ size }) => size,
        () => undefined,
      ),
    );
    const wrong = blobs.findIndex(([, { size }], index) => sizes[index] !== size);
    if (wrong >= 0) {
      const found =
        sizes[wrong] === undefined ? "is missing" : `has ${sizes[wrong]} bytes instead of ${blobs[wrong][1].size}`;
      return `its blob ${blobs[wrong][0]} ${found}`;
    }
    const files = blobs.map(([, { sha256 }]) => paths.blob(sha256));
    const digests = await hasher.hashAll(files).catch((error: NodeJS.ErrnoException) => {
      if (isReadingFault(error)) return error;
      throw error;
    });
    if (digests instanceof Error) return `one of its blobs cannot be read (${digests.code})`;
    const altered = blobs.findIndex(([, { sha256 }], index) => digests[index] !== sha256);
    return altered < 0 ? undefined : `its blob ${blobs[altered][0]} does not have the bytes that were written`;
  }

  async function find(fingerprint: string): Promise<StoredArtifact | undefined> {
    const entry = await check(fingerprint);
    return entry.state === "stored" ? storedArtifact(entry.manifest, reader) : undefined;
  }

  async function has(fingerprint: string): Promise<boolean> {
    return (await check(fingerprint)).state === "stored";
  }

  async function finishCommit(fingerprint: string): Promise<void> {
    const commit = await import("./commit.js");
    await commit.finishCommit(paths, hasher, fingerprint);
  }

  async function clearScratch(fingerprint: string): Promise<void> {
    await rm(paths.staging(fingerprint), { recursive: true, force: true });
    await rm(paths.scratch(fingerprint), { recursive: true, force: true });
  }

  async function tidy(): Promise<void> {
    const { tidyStore } = await import("./tidy.js");
    await tidyStore(paths, { finishCommit, clearScratch, has });
  }

  // What writes is imported when something is written: a plan only looks.
  return {
    folder,
    hasher,
    check,
    has,
    find,
    async read(fingerprint) {
      const found = await find(fingerprint);
      if (!found) throw artifactMissing(fingerprint, folder);
      return found;
    },
    remove: (fingerprint) => withStoreErrors(folder, () => rm(paths.manifest(fingerprint), { force: true })),
    finishCommit: (fingerprint) => withStoreErrors(folder, () => finishCommit(fingerprint)),
    clearScratch: (fingerprint) => withStoreErrors(folder, () => clearScratch(fingerprint)),
    writer: async (origin) => (await import("./artifact-writer.js")).createArtifactWriter(paths, hasher, origin),
    lock: (fingerprint, waiting) =>
      withStoreErrors(folder, async () => {
        const { takeLock } = await import("./lock-file.js");
        return takeLock(paths.lock(fingerprint), waiting);
      }),
    scratchFolder: (fingerprint) => paths.scratch(fingerprint),
    cacheFolder: (component) => paths.cache(component),
    hasScratch: async (fingerprint) => (await readdir(paths.scratch(fingerprint)).catch(() => [])).length > 0,
    history: (step) => readHistory(paths, step),
    requireWritable: () => withStoreErrors(folder, () => probe(paths)),
    tidy: () => withStoreErrors(folder, tidy),
    verify: async (onProgress) => (await import("./verify.js")).verifyStore(paths, onProgress),
    clean: (request) =>
      withStoreErrors(folder, async () => {
        await tidy();
        return (await import("./clean.js")).cleanStore(paths, request);
      }),
  };
}

function storedArtifact(manifest: Manifest, reader: BlobReader): StoredArtifact {
  return {
    manifest,
    type: manifest.produces,
    instance: manifest.instance,
    axes: manifest.axes,
    value: manifest.value,
    blobNames: Object.keys(manifest.blobs),
    blobPath(name) {
      const blob = Object.hasOwn(manifest.blobs, name) ? manifest.blobs[name] : undefined;
      if (!blob) throw blobMissing(name, manifest);
      return reader.open(name, blob.sha256, manifest);
    },
  };
}

function artifactMissing(fingerprint: string, folder: string): EosinError {
  return new EosinError({
    code: "ARTIFACT_MISSING",
    message: `The output ${fingerprint.slice(0, 12)}… is not in the store, or is damaged.`,
    place: folder,
    next: "Run the document again: what is missing is computed again.",
  });
}

function blobMissing(name: string, { instance, blobs }: Manifest): EosinError {
  return new EosinError({
    code: "BLOB_MISSING",
    message: `The output of ${instance} has no blob ${name}.`,
    place: instance,
    expected: `one of ${Object.keys(blobs).slice(0, 20).join(", ") || "none"}`,
    found: name,
  });
}

async function readHistory(paths: StorePaths, step: string): Promise<readonly PastArtifact[]> {
  const files = await readdir(paths.artifacts, { recursive: true }).catch(() => []);
  const past = await inParallel(
    files.filter((file) => file.endsWith(".json")),
    16,
    async (file) => {
      const path = join(paths.artifacts, file);
      const manifest = decodeManifest(await readFile(path, "utf8"));
      return manifest?.step === step ? { ...manifest, when: (await stat(path)).mtime.toISOString() } : undefined;
    },
  );
  return past.filter((each) => each !== undefined).sort((a, b) => (a.when < b.when ? 1 : -1));
}

async function probe(paths: StorePaths): Promise<void> {
  const file = temporaryBeside(join(paths.folder, "probe"));
  try {
    await writeFile(file, "writable");
  } catch (error) {
    if (!isEosinError(error)) await rm(file, { force: true }).catch(() => {});
    throw error;
  }
  await rm(file);
}
