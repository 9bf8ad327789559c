export { blurAlong, blurRows } from "./augment/blur";
export { affineRow, splineNodes, splineRow } from "./augment/coordinates";
export { countLevels, mapLevels, scaleLevels } from "./augment/levels";
export { mixAlong, mixOver, planeOf } from "./augment/mix";
export { moveColours, moveDensities, moveLabels } from "./augment/move";
export { addNoise } from "./augment/noise";
export { normals } from "./augment/normals";
export { resampleAlong, resampleOver } from "./augment/resample";
export { warpColours, warpDensities, warpLabels } from "./augment/warp";
export { cellMeans } from "./cell-means";
export { addColours, foldColours } from "./colours";
export { addDensities } from "./densities";
export { digest } from "./digest";
export { addGrey, grey } from "./grey";
export { addLabels, foldLabels } from "./labels";
export { addLaplacian } from "./laplacian";
export {
  BAND,
  CELLS,
  COLOURS,
  DENSITIES,
  DENSITY_OF,
  DIGEST,
  EDGES,
  GREY,
  GREY_ROW,
  LABELS,
  MEANS,
  SOURCE,
  STRIP,
  SUMS,
  TUMOUR,
  TUMOUR_CELLS,
} from "./layout";
