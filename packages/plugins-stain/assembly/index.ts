export { countBelow, countSource, scaleBytes } from "./brightness";
export { collectDensities, collectSignedDensities, collectSlopes } from "./collect";
export { densities, signedDensities } from "./densities";
export { measureColours } from "./dictionary";
export { hedExtremes, hedRecolour, hedSums } from "./hed";
export { hsvForward } from "./hsv-forward";
export { hsvInverse, turnHue } from "./hsv-inverse";
export { grey, mapSource, saturate, sumChannels } from "./jitter";
export { labForward } from "./lab-forward";
export { labInverse } from "./lab-inverse";
export {
  COLOURS,
  COUNTS,
  LAB_ALONG_A,
  LAB_ALONG_B,
  LAB_ENCODED,
  LAB_LIGHT,
  LAB_ROOT,
  LAB_XYZ,
  LEVELS,
  PARAMETERS,
  PLANES,
  SOURCE,
  STRIP,
  SUMS,
  TABLE,
  TARGET,
  VALUES,
  VALUES_2,
} from "./layout";
export { moments } from "./moments";
export { realLabSums } from "./real-lab";
export { realLabMove } from "./real-lab-move";
export { recolour, recolourSigned, recolourTissue } from "./recolour";
export { countTissue } from "./tissue";
export { addWave, planesToRow, rowToPlanes, waveSums } from "./waves";
