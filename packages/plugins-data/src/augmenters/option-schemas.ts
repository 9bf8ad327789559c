import { z } from "@eosin/plugin-api/zod";

export const probability = z.number().min(0).max(1);

interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** Two numbers, the lower first. */
export function range({ least, most }: Bounds) {
  const end = z.number().min(least).max(most);
  return z.tuple([end, end]).refine(([low, high]) => low <= high, "the first must not exceed the second");
}
