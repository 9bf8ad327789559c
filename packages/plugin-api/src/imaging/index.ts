export { attributeValues } from "./attribute-values.js";
export type { Augmenter, CropWindow } from "./augmenter.js";
export { type DataSurveyor, dataSurveyor, type RecognisedDataset, type SurveyedSample } from "./data-surveyor.js";
export {
  type DatasetComponent,
  type DatasetIndex,
  datasetArtifact,
  type PassedOver,
  type SampleEntry,
} from "./dataset.js";
export { datasetRemarks } from "./dataset-remarks.js";
export {
  defineAugmenter,
  defineDataset,
  defineNormalizer,
  definePostprocess,
  defineSeparator,
  defineSplit,
} from "./define.js";
export { type CountedLabels, IGNORED, separateIgnored } from "./ignored.js";
export type { DensityMap, Mask, RgbImage } from "./image.js";
export {
  type ImageOpener,
  type ImageRequest,
  imageOpener,
  type OpenImages,
  type RemarkCount,
} from "./image-opener.js";
export type { Normalizer } from "./normalizer.js";
export type { PatchFallbacks } from "./patch-fallbacks.js";
export type { Postprocess } from "./postprocess.js";
export {
  type ChosenSettings,
  type PredictionSettings,
  predictionSettingsArtifact,
  type TestStatistics,
} from "./prediction-settings.js";
export { type PredictedSample, type Predictions, predictionBlobName, predictionsArtifact } from "./predictions.js";
export type { ReadingRemark, Sample } from "./sample.js";
export {
  type BatchSource,
  type FittedComponent,
  type Interpolation,
  type LoaderRequest,
  type LoaderStatistics,
  type SampleBatch,
  type SampleLoader,
  type Sampling,
  type Scale,
  sampleLoader,
} from "./sample-loader.js";
export type { Separator, StainSeparation, Unsuitable } from "./separator.js";
export { type Split, type SplitComponent, type SplitPart, splitArtifact } from "./split.js";
export {
  type SheetDraws,
  type SheetNormalization,
  type SheetPatch,
  type SheetSeparation,
  type SheetStain,
  type StainSheet,
  stainSheetArtifact,
  stainSheetSection,
} from "./stain-sheet.js";
