export { addWeights } from "./add-weights.js";
export { type FetchOptions, fetchWeights, weightsFolder } from "./fetch-weights.js";
export { exportWeights, importWeights, saveWeights } from "./network-weights.js";
export {
  type DownloadableWeights,
  type PackagedWeights,
  type PublishedWeights,
  publishedWeights,
} from "./published-weights.js";
export { readWeightFile, readWeights, type WeightFile } from "./read-weights.js";
