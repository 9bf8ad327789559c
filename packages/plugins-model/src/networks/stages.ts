import { EosinError } from "@eosin/plugin-api";
import type { StageOptions } from "./stage-options.js";

/** Pixels that the shorter side of the deepest stage has at least (nnU-Net's `UNet_featuremap_min_edge_length`). */
const SHORTEST = 4;

export interface Stages {
  /** Channels of each, from the image's size down; each has half the side of the one before. */
  readonly features: readonly number[];
  /** The sides of an image must be multiples of it. */
  readonly stride: number;
  /** Of the outputs below the full size, as the image's side over theirs: 2, 4, …. */
  readonly supervised: readonly number[];
}

/**
 * The stages of a network as nnU-Net plans them: as many as `patch` can be halved, the features doubling to `maxFeatures`.
 * @throws EosinError `STAGES_MISMATCH` where there are fewer than `supervision` needs.
 */
export function stagesOf({ patch, stages, features, maxFeatures, supervision }: StageOptions): Stages {
  const count = stages ?? 1 + Math.floor(Math.log2(patch / SHORTEST));
  // The decoder has one less; its first output, the coarsest, is not judged.
  const levels = supervision ?? Math.max(0, count - 3);
  if (levels > count - 2) {
    throw stagesMismatch("supervision", `at most ${count - 2}, of ${count} stages`, String(levels));
  }
  return {
    features: Array.from({ length: count }, (_, stage) => Math.min(features * 2 ** stage, maxFeatures)),
    stride: 2 ** (count - 1),
    supervised: Array.from({ length: levels }, (_, level) => 2 ** (level + 1)),
  };
}

/** What an option asks of stages that are not there. */
export function stagesMismatch(option: string, expected: string, found: string): EosinError {
  return new EosinError({
    code: "STAGES_MISMATCH",
    message: "The network has not as many stages as an option speaks of.",
    place: `option ${option}`,
    expected,
    found,
    next: "Set stages, or the patch that they come from.",
  });
}
