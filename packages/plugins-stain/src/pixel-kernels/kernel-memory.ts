export type PlaceName =
  | "COLOURS"
  | "COUNTS"
  | "LAB_ALONG_A"
  | "LAB_ALONG_B"
  | "LAB_ENCODED"
  | "LAB_LIGHT"
  | "LAB_ROOT"
  | "LAB_XYZ"
  | "LEVELS"
  | "PARAMETERS"
  | "PLANES"
  | "SOURCE"
  | "STRIP"
  | "SUMS"
  | "TABLE"
  | "TARGET"
  | "VALUES"
  | "VALUES_2";

export type FunctionName =
  | "addWave"
  | "collectDensities"
  | "collectSignedDensities"
  | "collectSlopes"
  | "countBelow"
  | "countSource"
  | "countTissue"
  | "densities"
  | "grey"
  | "hedExtremes"
  | "hedRecolour"
  | "hedSums"
  | "hsvForward"
  | "hsvInverse"
  | "labForward"
  | "labInverse"
  | "mapSource"
  | "measureColours"
  | "moments"
  | "planesToRow"
  | "realLabMove"
  | "realLabSums"
  | "recolour"
  | "recolourSigned"
  | "recolourTissue"
  | "rowToPlanes"
  | "saturate"
  | "scaleBytes"
  | "signedDensities"
  | "sumChannels"
  | "turnHue"
  | "waveSums";

/** What a kernel is run with: a number of pixels, or of bytes or colours, and a step or a place, as `assembly/` says. */
export type KernelFunction = (count: number, step?: number) => void;

/** The module that `assembly/` describes, with its memory seen as bytes and as numbers. */
export interface StainKernels {
  readonly run: Readonly<Record<FunctionName, KernelFunction>>;
  /** Addresses in bytes (`STRIP`, `COLOURS` and `LEVELS`: counts); see `assembly/layout.ts`. */
  readonly at: Readonly<Record<PlaceName, number>>;
  readonly bytes: Uint8Array;
  readonly shorts: Uint16Array;
  readonly integers: Int32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
}
