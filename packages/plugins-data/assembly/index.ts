export { cellMeans } from "./cell-means";
export { addColours, foldColours } from "./colours";
export { addDensities } from "./densities";
export { digest } from "./digest";
export { addGrey, grey } from "./grey";
export { encodeJpeg } from "./jpeg/encode";
export { addLabels, foldLabels } from "./labels";
export { addLaplacian } from "./laplacian";
export {
  BAND,
  CELLS,
  CODED,
  COLOURS,
  DENSITIES,
  DENSITY_OF,
  DIGEST,
  EDGES,
  GREY,
  GREY_ROW,
  HUFFMAN,
  LABELS,
  MEANS,
  SOURCE,
  STEPS,
  STRIP,
  SUMS,
  TUMOUR,
  TUMOUR_CELLS,
  ZIGZAG,
} from "./layout";
