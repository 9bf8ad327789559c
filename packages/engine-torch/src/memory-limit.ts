import { totalmem } from "node:os";

/** What is left for the rest of the process and the machine. */
const SHARE = 0.9;

/** Bytes that tensors may take: most of what the machine, or the container that the process runs in, has. */
export function memoryLimit(): number {
  const constrained = process.constrainedMemory?.() ?? 0;
  // Without a limit some systems report the largest number that they have.
  const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.floor(bytes * SHARE);
}
