import { count } from "../schemas.js";
import { z } from "../zod.js";
import type { SplitPart } from "./split.js";

/**
 * The patches of one part of a split that a component could not treat as asked, as steps keep them in their artifacts:
 * the same whatever the number of threads, and whether or not the step was broken off and continued.
 */
export interface PatchFallbacks {
  /** e.g. `stain/macenko` */
  readonly component: string;
  /** What it did with them instead, e.g. `left as it is`. */
  readonly treatment: string;
  /** Key of the split. */
  readonly split: string;
  readonly part: SplitPart;
  /** How many patches of that part the step read. */
  readonly of: number;
  /** Each once, sorted by id, with the reason that was met first. */
  readonly patches: readonly { readonly id: string; readonly reason: string }[];
}

/** For the schemas of artifacts that keep them. */
export const patchFallbacks: z.ZodType<PatchFallbacks> = z.object({
  component: z.string(),
  treatment: z.string(),
  split: z.string(),
  part: z.enum(["train", "validation", "test"]),
  of: count,
  patches: z.array(z.object({ id: z.string(), reason: z.string() })),
});
