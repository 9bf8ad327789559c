import type { Sample } from "@eosin/plugin-api/imaging";
import { rgbToLab } from "../../colour-spaces/lab.js";
import { channelHistograms, mediansOf } from "../../statistics/channel-histograms.js";
import type { Triple } from "../../statistics/channel-statistics.js";
import { percentile } from "../../statistics/percentile.js";

/** The median of each channel of 8-bit LAB. */
export function labMedians(rgb: Uint8Array): Triple {
  const lab = new Uint8Array(rgb.length);
  rgbToLab(rgb, lab);
  return mediansOf(channelHistograms(lab));
}

/**
 * The most typical patch, as the paper's code chooses it: the median over patches of their LAB medians, then the patch
 * nearest to it (Euclidean), the first of equals.
 * @param measure What to keep of a patch; `undefined` where it cannot be the target.
 * @returns `undefined` where no patch can.
 */
export async function medianPatch<Kept>(
  samples: AsyncIterable<Sample>,
  measure: (sample: Sample) => Kept | undefined,
): Promise<{ readonly id: string; readonly kept: Kept } | undefined> {
  const candidates: { id: string; medians: Triple; kept: Kept | undefined }[] = [];
  for await (const sample of samples) {
    candidates.push({ id: sample.id, medians: labMedians(sample.image.data), kept: measure(sample) });
  }
  const overall = [0, 1, 2].map((c) =>
    percentile(
      Float64Array.from(candidates, (each) => each.medians[c]),
      50,
    ),
  );
  let nearest: { id: string; kept: Kept } | undefined;
  let shortest = Number.POSITIVE_INFINITY;
  for (const { id, medians, kept } of candidates) {
    const distance = Math.hypot(...medians.map((median, c) => median - overall[c]));
    if (kept !== undefined && distance < shortest) {
      shortest = distance;
      nearest = { id, kept };
    }
  }
  return nearest;
}
