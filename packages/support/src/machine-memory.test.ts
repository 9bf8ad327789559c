import { totalmem } from "node:os";
import { afterEach, expect, it, vi } from "vitest";
import { machineMemory } from "./machine-memory.js";

afterEach(() => vi.restoreAllMocks());

it.each([
  ["what a container grants", 2 ** 20, 2 ** 20],
  ["the machine's where nothing is granted", 0, totalmem()],
  ["the machine's where the limit is above it", 2 ** 64, totalmem()],
])("is %s", (_, granted, bytes) => {
  vi.spyOn(process, "constrainedMemory").mockReturnValue(granted);
  expect(machineMemory()).toBe(bytes);
});
