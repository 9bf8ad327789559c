import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "@eosin/plugin-api";
import { renameDurably } from "@eosin/support/durable-file";
import { sha256OfFile } from "@eosin/support/sha256";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.js";

/** `epoch-000012-<first half of the SHA-256 of the content>.safetensors` */
const NAME = /^epoch-(\d{6,})-([0-9a-f]{32})\.safetensors$/;
const WRITING = "writing.safetensors";
const GENERATIONS = 2;

/**
 * Checkpoints of one instance. A file appears under its final name only when it is whole and on the disk, and the name
 * holds the checksum of the content; the previous one stays, so that a kill or a bad disk loses one epoch at most.
 */
export class CheckpointFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws Error of the file system; earlier checkpoints are kept. */
  async save(checkpoint: Checkpoint): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const writing = join(this.#folder, WRITING);
    await writeCheckpoint(writing, checkpoint);
    const name = `epoch-${String(checkpoint.epoch).padStart(6, "0")}-${await checksum(writing)}.safetensors`;
    await renameDurably(writing, join(this.#folder, name));
    for (const { name: old } of (await this.#newestFirst()).slice(GENERATIONS)) await rm(join(this.#folder, old));
  }

  /** The newest checkpoint that is whole; damaged ones are removed, and reported to `log`. */
  async load(log: Logger): Promise<Checkpoint | undefined> {
    await rm(join(this.#folder, WRITING), { force: true });
    for (const { name, digest, epoch } of await this.#newestFirst()) {
      const path = join(this.#folder, name);
      if ((await checksum(path)) === digest) return readCheckpoint(path);
      log.warn(`The checkpoint of epoch ${epoch} is damaged; the one before it is used.`);
      await rm(path);
    }
    return undefined;
  }

  async #newestFirst(): Promise<readonly { name: string; digest: string; epoch: number }[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    const found = names.flatMap((name) => {
      const parts = NAME.exec(name);
      return parts ? [{ name, epoch: Number(parts[1]), digest: parts[2] }] : [];
    });
    return found.sort((a, b) => b.epoch - a.epoch);
  }
}

async function checksum(path: string): Promise<string> {
  return (await sha256OfFile(path)).slice(0, 32);
}
