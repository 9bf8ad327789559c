import type { AnyComponentDefinition } from "@eosin/plugin-api";
import { densitySupervised } from "./density-supervised/definition.js";
import { imageLevelAuxiliary } from "./image-level-auxiliary/definition.js";
import { segmentation } from "./segmentation/definition.js";
import { segmentationPlusReconstruction } from "./segmentation-plus-reconstruction/definition.js";

export const lossComponents: readonly AnyComponentDefinition[] = [
  segmentation,
  segmentationPlusReconstruction,
  densitySupervised,
  imageLevelAuxiliary,
];
