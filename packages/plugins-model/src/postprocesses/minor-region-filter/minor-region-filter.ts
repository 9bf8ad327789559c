import type { Mask, Postprocess } from "@eosin/plugin-api/imaging";
import { coverageOf } from "../../regions/coverage.js";

/** Judges the whole mask by the share of the image that it covers (the submission's first post-processing step). */
export class MinorRegionFilter implements Postprocess {
  readonly #below: number;
  readonly #above: number;

  /** @param how Shares of the image in [0, 1]: coverage ≤ `below` becomes empty, coverage > `above` becomes full. */
  constructor(how: { readonly below: number; readonly above: number }) {
    this.#below = how.below;
    this.#above = how.above;
  }

  apply(mask: Mask): Mask {
    const coverage = coverageOf(mask.data);
    if (coverage <= this.#below) return { ...mask, data: new Uint8Array(mask.data.length) };
    if (coverage > this.#above) return { ...mask, data: new Uint8Array(mask.data.length).fill(1) };
    return mask;
  }
}
