import { rangeFor, type ValueExtremes } from "@eosin/pictures";
import type { ReadingRemark } from "@eosin/plugin-api/imaging";

/** What speaks against the range that a picture of more than 8 bits was read by. */
export function rangeDoubts({ largest }: ValueExtremes, range: number): readonly ReadingRemark[] {
  if (largest > range) return [{ message: `values above the range 0…${range} are cut`, doubtful: true }];
  const own = rangeFor(largest);
  if (own === undefined || own >= range) return [];
  return [{ message: `values end below ${own}, far from the range 0…${range}: the image is dark`, doubtful: true }];
}
