import type { HostRecord } from "@eosin/plugin-api/learning";

/** Equal for batches over which a pass calls the same kernels on the same shapes, uploaded from the same kinds of arrays. */
export function batchSizeKey(batch: HostRecord): string {
  return JSON.stringify(Object.entries(batch).map(([name, { data, shape }]) => [name, shape, data.constructor.name]));
}
