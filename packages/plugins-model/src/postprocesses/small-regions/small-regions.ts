import type { Mask, Postprocess } from "@eosin/plugin-api/imaging";
import { findRegions } from "../../regions/regions.js";
import type { SmallRegionsOptions } from "./options.js";

/**
 * Fills holes, then drops regions: a ring of tumour is judged with what it surrounds. Foreground is connected at corners
 * too, background is not; what touches the image's border is no hole.
 */
export class SmallRegions implements Postprocess {
  readonly #options: SmallRegionsOptions;

  constructor(options: SmallRegionsOptions) {
    this.#options = options;
  }

  apply(mask: Mask): Mask {
    const { smallest, fill } = this.#options;
    const filled = fill > 0 ? fillHoles(mask, fill * mask.data.length) : mask;
    return smallest > 0 ? dropRegions(filled, smallest * mask.data.length) : filled;
  }
}

/** @param below Pixels. */
function dropRegions(mask: Mask, below: number): Mask {
  const { labels, areas } = findRegions(mask.data, mask.width, 1, true);
  if (!areas.some((area, label) => label > 0 && area < below)) return mask;
  return { ...mask, data: mask.data.map((value, at) => (value === 1 && areas[labels[at]] < below ? 0 : value)) };
}

/** @param below Pixels. */
function fillHoles(mask: Mask, below: number): Mask {
  const { width, height, data } = mask;
  const { labels, areas } = findRegions(data, width, 0, false);
  const isOpen = new Uint8Array(areas.length);
  for (let x = 0; x < width; x++) isOpen[labels[x]] = isOpen[labels[(height - 1) * width + x]] = 1;
  for (let y = 0; y < height; y++) isOpen[labels[y * width]] = isOpen[labels[y * width + width - 1]] = 1;
  const isHole = areas.map((area, label) => (label > 0 && isOpen[label] === 0 && area < below ? 1 : 0));
  if (!isHole.includes(1)) return mask;
  return { ...mask, data: data.map((value, at) => (isHole[labels[at]] === 1 ? 1 : value)) };
}
