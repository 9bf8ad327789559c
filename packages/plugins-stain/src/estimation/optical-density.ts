import type { ByteMap } from "../colour-spaces/byte-map.js";

/** Optical density by Beer–Lambert, −ln(max(v, 1)/255), of each byte (after `map`, where given). */
export function opticalDensityTable(map?: ByteMap): Float64Array {
  return Float64Array.from({ length: 256 }, (_, v) => Math.log(255 / Math.max(map ? map[v] : v, 1)));
}

/** The same, at least 1e-6: what StainTools and TIAToolbox measure with. */
export const clippedOpticalDensity = opticalDensityTable().map((density) => Math.max(density, 1e-6));
