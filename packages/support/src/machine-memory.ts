import { totalmem } from "node:os";

/**
 * Bytes of memory that the processes here may take together: the machine's, or what the container grants where that is
 * less. Memory that happens to be free at the moment plays no part.
 * @example
 * if (neededBytes > machineMemory()) console.warn("This will not fit.");
 */
export function machineMemory(): number {
  const granted = process.constrainedMemory();
  // Without a limit some systems report none, and others the largest number that they have.
  return granted > 0 ? Math.min(granted, totalmem()) : totalmem();
}
