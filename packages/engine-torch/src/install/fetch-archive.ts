import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EngineInstallation } from "@eosin/plugin-api/learning";
import { type Archive, publishedArchive, unpackedFolder } from "./archive.js";
import { download } from "./download.js";
import { installFailure, reasonOf } from "./install-failure.js";
import { unzip } from "./unzip.js";

/**
 * Downloads an official archive of libtorch, checks it and unpacks it beside the engine's builds. A download that was cut
 * continues from its `.part` file.
 * @param folder The engine's, in the cache.
 * @throws EosinError `ENGINE_INSTALL_FAILED` (of a failed download what came is kept, of a wrong file it is deleted).
 */
export async function fetchArchive(
  folder: string,
  { progress, signal }: Pick<EngineInstallation, "progress" | "signal">,
  archive: Archive = publishedArchive,
): Promise<void> {
  const part = join(folder, `libtorch-${archive.version}.zip.part`);
  await mkdir(folder, { recursive: true });
  try {
    const onProgress = (received: number, total?: number) => progress("downloading libtorch", received, total);
    await download(archive.url, part, { signal, onProgress });
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw installFailure({
      message: `libtorch ${archive.version} could not be downloaded.`,
      place: archive.url,
      found: networkReason(cause),
      next:
        "Connect to the network and run pipe engine install torch again: it continues. Or pip install torch, " +
        "or unpack a libtorch from another machine and name its folder by LIBTORCH",
      cause,
    });
  }
  await requireChecksum(part, archive);
  const working = join(folder, `.unpacking-${process.pid}`);
  try {
    await unzip(part, working, { signal, onProgress: (done, total) => progress("unpacking libtorch", done, total) });
    const home = unpackedFolder(folder, archive);
    await rm(home, { recursive: true, force: true });
    await rename(join(working, "libtorch"), home);
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw installFailure({
      message: `libtorch ${archive.version} could not be unpacked.`,
      place: part,
      found: reasonOf(cause),
      next: "Free space there (2 GiB are needed), then pipe engine install torch",
      cause,
    });
  } finally {
    await rm(working, { recursive: true, force: true });
  }
  await rm(part, { force: true });
}

async function requireChecksum(file: string, { version, url, sha256 }: Archive): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  const digest = hash.digest("hex");
  if (digest === sha256) return;
  await rm(file, { force: true });
  throw installFailure({
    message: `What was downloaded is not the published libtorch ${version}; it was deleted.`,
    place: url,
    expected: `SHA-256 ${sha256}`,
    found: `SHA-256 ${digest}`,
    next: "pipe engine install torch, on a network that does not change downloads",
  });
}

/** `fetch` hides what the network said in the error's cause. */
function networkReason(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${(cause as NodeJS.ErrnoException).code ?? cause.message})` : message;
}
