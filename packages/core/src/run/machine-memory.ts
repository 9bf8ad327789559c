import { totalmem } from "node:os";

/** Bytes that the processes of a run may fill together: the machine's, or what a container grants of it. */
export function machineMemory(): number {
  const granted = process.constrainedMemory?.() ?? 0;
  return granted > 0 ? Math.min(granted, totalmem()) : totalmem();
}
