import { EosinError } from "@eosin/plugin-api";
import { sha256OfFileSync } from "@eosin/support/sha256";
import { type FileStamp, stampOfSync, wasSettled } from "../files/file-stamp.js";
import type { Manifest } from "./manifest.js";
import { isReadingFault, setAsideSync } from "./set-aside.js";
import type { StorePaths } from "./store-paths.js";

/**
 * Gives blobs to readers, once every byte of them was held against the name that it is stored under. A blob is read
 * once in a process as long as its file stays what it is: disks damage files without a change of size or time, so what
 * another process found says nothing.
 */
export class BlobReader {
  readonly #paths: StorePaths;
  /** SHA-256 → stamp of the file when it was found whole. */
  readonly #whole = new Map<string, string>();

  constructor(paths: StorePaths) {
    this.#paths = paths;
  }

  /**
   * @returns The path of a blob that is whole.
   * @throws EosinError `STORE_DAMAGED`; the damaged file is moved aside, so that the next run computes it again.
   */
  open(name: string, sha256: string, { instance }: Manifest): string {
    const path = this.#paths.blob(sha256);
    const found = this.#look(path, sha256);
    if (found === sha256) return path;
    const aside = setAsideSync(path, this.#paths);
    throw new EosinError({
      code: "STORE_DAMAGED",
      message: `The blob ${name} of ${instance} is damaged: its bytes are not those that were written.`,
      place: aside ?? path,
      expected: `SHA-256 ${sha256}`,
      found,
      next: "Run the document again (pipe run FILE, or pipe rerun RUN): what is damaged is computed again. The rest of the store is checked by: pipe verify",
    });
  }

  #look(path: string, sha256: string): string {
    try {
      const before = stampOfSync(path);
      if (this.#whole.get(sha256) === before.text) return sha256;
      const beganMs = Date.now();
      const digest = sha256OfFileSync(path);
      if (digest === sha256) this.#remember(sha256, before, beganMs);
      return digest === sha256 ? sha256 : `SHA-256 ${digest}`;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT") return "nothing there";
      if (isReadingFault(error)) return `a file that the disk cannot read (${code})`;
      throw error;
    }
  }

  #remember(sha256: string, stamp: FileStamp, beganMs: number): void {
    if (wasSettled(stamp, beganMs)) this.#whole.set(sha256, stamp.text);
  }
}
