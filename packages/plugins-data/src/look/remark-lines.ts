import type { LookLine } from "@eosin/plugin-api";
import type { LookedSample } from "./looked-sample.js";
import { named } from "./named.js";

/** What was done to the files' values, a line each with the images that it was done to. */
export function remarkLines(samples: readonly LookedSample[]): LookLine[] {
  const byRemark = new Map<string, string[]>();
  for (const { id, reading } of samples) {
    for (const remark of reading?.remarks ?? []) {
      const ids = byRemark.get(remark) ?? [];
      byRemark.set(remark, ids);
      ids.push(id);
    }
  }
  return [...byRemark].map(([remark, ids]) => {
    const which =
      ids.length === samples.length
        ? ids.length === 1
          ? "the only image"
          : `all ${ids.length} images`
        : `${ids.length} of ${samples.length} images (${named(ids)})`;
    return { level: "note", text: `${remark}: ${which}.` };
  });
}
