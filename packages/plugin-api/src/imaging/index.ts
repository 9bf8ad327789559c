export { type Augmenter, defineAugmenter } from "./augmenter.js";
export {
  type DatasetComponent,
  type DatasetIndex,
  defineDataset,
  type PassedOver,
  type SampleEntry,
} from "./dataset.js";
export { type CountedLabels, IGNORED, separateIgnored } from "./ignored.js";
export type { DensityMap, Mask, RgbImage } from "./image.js";
export { defineNormalizer, type Normalizer } from "./normalizer.js";
export type { PatchFallbacks } from "./patch-fallbacks.js";
export { definePostprocess, type Postprocess } from "./postprocess.js";
export { type PredictedSample, type Predictions, predictionBlobName } from "./predictions.js";
export type { ReadingRemark, Sample } from "./sample.js";
export {
  type BatchSource,
  type FittedComponent,
  type Interpolation,
  type LoaderRequest,
  type LoaderStatistics,
  type SampleBatch,
  type SampleLoader,
  sampleLoader,
} from "./sample-loader.js";
export { defineSeparator, type Separator, type StainSeparation, type Unsuitable } from "./separator.js";
export { defineSplit, type Split, type SplitComponent, type SplitPart } from "./split.js";
export {
  type SheetDraws,
  type SheetNormalization,
  type SheetPatch,
  type SheetSeparation,
  type SheetStain,
  type StainSheet,
  stainSheetSection,
} from "./stain-sheet.js";
