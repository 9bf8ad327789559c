import { machineMemory } from "@eosin/support/machine-memory";

/** What is left for the rest of the process and the machine. */
const SHARE = 0.9;

/** Bytes that tensors may take: most of what the machine, or the container that the process runs in, has. */
export function memoryLimit(): number {
  return Math.floor(machineMemory() * SHARE);
}
