import { deserializeError, EosinError, isEosinError, type SerializedError } from "@eosin/plugin-api";
import { Piscina } from "piscina";
import type { Checkpoint } from "./checkpoint.js";
import type { CheckpointTask } from "./checkpoint-thread.js";

/** Writes checkpoints on a thread of its own, one at a time, while training goes on. */
export class CheckpointWriter {
  readonly #folder: string;
  readonly #thread = new Piscina<CheckpointTask, SerializedError | undefined>({
    // From the sources too: threads read no TypeScript.
    filename: new URL("../../dist/checkpoints/checkpoint-thread.js", import.meta.url).href,
    minThreads: 1,
    maxThreads: 1,
    recordTiming: false,
  });
  #last: Promise<void> = Promise.resolve();

  /** @param folder As `CheckpointFolder` takes it. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Begins to write once the checkpoint before is on the disk.
   * @param checkpoint Its weights, moments and averages move to the thread: they cannot be read any more. `best` is copied.
   * @throws EosinError `CHECKPOINT_UNWRITABLE` of the one before.
   */
  async begin(checkpoint: Checkpoint): Promise<void> {
    await this.#last;
    this.#last = this.#write(checkpoint);
    // Heard by the next call; without one, `close` lets it rest.
    this.#last.catch(() => {});
  }

  /** @throws EosinError `CHECKPOINT_UNWRITABLE` where the disk is full or read-only; earlier checkpoints are kept. */
  async end(): Promise<void> {
    await this.#last;
  }

  /** Waits for what was begun, whatever happens to it. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#last]);
    await this.#thread.destroy();
  }

  async #write(checkpoint: Checkpoint): Promise<void> {
    const { weights, optimizer, average = new Map<string, Float32Array>() } = checkpoint;
    const moving = [weights, optimizer, average].flatMap((values) => [...values.values()]);
    const transferList = moving.map(({ buffer }) => buffer as ArrayBuffer);
    const fault = await this.#thread.run({ folder: this.#folder, checkpoint }, { transferList });
    if (fault === undefined) return;
    const cause = deserializeError(fault);
    if (isEosinError(cause)) throw cause;
    throw new EosinError({
      code: "CHECKPOINT_UNWRITABLE",
      message: `The checkpoint of epoch ${checkpoint.epoch} cannot be written.`,
      place: this.#folder,
      found: fault.system?.code === "ENOSPC" ? "no space left on the disk" : cause.message,
      next: "Make room (or correct the permissions) and run the same command: training goes on from the checkpoint before it.",
      cause,
    });
  }
}
