import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EosinError } from "@eosin/plugin-api";
import type { EngineInstallation } from "@eosin/plugin-api/learning";
import { ChecksumMismatch, download } from "@eosin/support/download";
import { renameDurably } from "@eosin/support/durable-file";
import { messageOf } from "@eosin/support/message-of";
import { removeAbandonedIn, temporaryBeside } from "@eosin/support/temporary-file";
import { type Archive, publishedArchive, unpackedFolder } from "./archive.js";
import { installFailure } from "./install-failure.js";
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
    await download(archive.url, part, { sha256: archive.sha256, signal, onProgress });
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof ChecksumMismatch) throw otherFile(archive, cause);
    throw installFailure({
      message: `libtorch ${archive.version} could not be downloaded.`,
      place: archive.url,
      found: messageOf(cause),
      next:
        "Connect to the network and run pipe engine install torch again: it continues. Or pip install torch, " +
        "or unpack a libtorch from another machine and name its folder by LIBTORCH",
      cause,
    });
  }
  const home = unpackedFolder(folder, archive);
  // What commands that were killed left.
  removeAbandonedIn(folder);
  const working = temporaryBeside(home);
  try {
    await unzip(part, working, { signal, onProgress: (done, total) => progress("unpacking libtorch", done, total) });
    await rm(home, { recursive: true, force: true });
    await renameDurably(join(working, "libtorch"), home);
  } catch (cause) {
    signal.throwIfAborted();
    throw installFailure({
      message: `libtorch ${archive.version} could not be unpacked.`,
      place: part,
      found: messageOf(cause),
      next: "Free space there (2 GiB are needed), then pipe engine install torch",
      cause,
    });
  } finally {
    await rm(working, { recursive: true, force: true });
  }
  await rm(part, { force: true });
}

function otherFile({ version, url }: Archive, { expected, found }: ChecksumMismatch): EosinError {
  return installFailure({
    message: `What was downloaded is not the published libtorch ${version}; it was deleted.`,
    place: url,
    expected: `SHA-256 ${expected}`,
    found: `SHA-256 ${found}`,
    next: "pipe engine install torch, on a network that does not change downloads",
  });
}
