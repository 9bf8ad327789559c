export type { StoredModel } from "../predictor/open-predictor.js";
export {
  type FailedPrediction,
  type PredictedImages,
  type PredictRequest,
  predictImages,
  type WrittenPrediction,
} from "./predict-images.js";
export type { PredictHost } from "./predict-samples.js";
