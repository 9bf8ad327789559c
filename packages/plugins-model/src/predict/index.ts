export type { StoredModel } from "../evaluator/open-predictor.js";
export { type PredictHost, type PredictRequest, predictImages, type WrittenPrediction } from "./predict-images.js";
