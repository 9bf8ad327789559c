import type { RgbImage } from "@eosin/plugin-api/imaging";
import type { ByteMap } from "../colour-spaces/byte-map.js";
import { brightnessMap, brightnessOf } from "./brightness.js";
import { learnTwoAtoms } from "./dictionary-learning.js";
import { opticalDensityTable } from "./optical-density.js";
import { areDistinct, orderedStains, type StainMatrix } from "./stain-matrix.js";
import { sampleTissue, type TissueSample } from "./tissue-sample.js";
import { isUnsuitable, tooLittleTissue, type Unsuitable } from "./unsuitable.js";
import { weightedColours } from "./weighted-colours.js";

const LEAST_USAGE = 1e-9;

/** What an image is measured with: its white, and the bytes as they are after that white became 255. */
export interface Brightness {
  /** 90th percentile over all values, 1…255. */
  readonly level: number;
  readonly map: ByteMap;
}

export function measureBrightness(image: RgbImage): Brightness | Unsuitable {
  const level = brightnessOf(image.data);
  return level < 1 ? { unsuitable: "it is black" } : { level, map: brightnessMap(level) };
}

/**
 * The stain matrix of structure-preserving colour normalisation (Vahadane 2016), estimated as the paper's code does,
 * with the exact minimum in place of a timed descent. It depends on the colours of the sample alone, not on their places.
 */
export function estimateSpcn(sample: TissueSample, opticalDensity = opticalDensityTable()): StainMatrix | Unsuitable {
  const tooLittle = tooLittleTissue(sample.share);
  if (tooLittle) return tooLittle;
  const colours = weightedColours(sample.packed, opticalDensity);
  if (colours.count < 2) return { unsuitable: "its tissue has one colour only" };
  const { atoms, usage } = learnTwoAtoms(colours);
  if (Math.min(...usage) < LEAST_USAGE || !areDistinct(atoms[0], atoms[1])) {
    return { unsuitable: "one stain explains all of it" };
  }
  return orderedStains(atoms[0], atoms[1]);
}

/** Both steps for one image. */
export function estimateStains(image: RgbImage): { brightness: Brightness; matrix: StainMatrix } | Unsuitable {
  const brightness = measureBrightness(image);
  if (isUnsuitable(brightness)) return brightness;
  const matrix = estimateSpcn(sampleTissue(image, brightness.map));
  return isUnsuitable(matrix) ? matrix : { brightness, matrix };
}
