import type { StainKernels } from "./kernel-memory.js";
import { CUBE_ROOT, ENCODED, XYZ } from "./lab-tables.js";

/** Lays down what the LAB kernels look up and no picture changes. */
export function writeLabTables({ bytes, shorts, integers, at }: StainKernels): void {
  for (let entry = 0; entry < 768; entry++) {
    for (let coordinate = 0; coordinate < 3; coordinate++) {
      integers[(at.LAB_XYZ >> 2) + 4 * entry + coordinate] = XYZ[coordinate][entry];
    }
  }
  shorts.set(CUBE_ROOT, at.LAB_ROOT >> 1);
  bytes.set(ENCODED, at.LAB_ENCODED);
}
