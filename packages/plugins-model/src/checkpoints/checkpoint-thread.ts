import { type SerializedError, serializeError } from "@eosin/plugin-api";
import type { Checkpoint } from "./checkpoint.js";
import { CheckpointFolder } from "./checkpoint-folder.js";

export interface CheckpointTask {
  readonly folder: string;
  readonly checkpoint: Checkpoint;
}

/**
 * The entry of the thread that writes checkpoints.
 * @returns Why the checkpoint could not be written: of an error, threads hand over nothing but its message.
 */
export default async function saveCheckpoint({
  folder,
  checkpoint,
}: CheckpointTask): Promise<SerializedError | undefined> {
  try {
    await new CheckpointFolder(folder).save(checkpoint);
    return undefined;
  } catch (error) {
    return serializeError(error);
  }
}
