/** An 8-bit RGB image, row-major, channels last: `data.length === width · height · 3`. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /**
   * Gives the pixels back to whoever made the image, who may write another one there. A loader calls it when the image
   * and all that shares its pixels have been copied; nobody has to.
   */
  release?(): void;
}

/**
 * A mask, row-major: 0 background, 1 foreground, and in the truth of a data set 255 (`IGNORED`) where a pixel counts as
 * neither: nothing is learned or judged there. What is predicted holds 0 and 1 alone.
 */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * Stain densities, row-major, stains last (haematoxylin first): `data.length === width · height · stains`.
 * Unit: optical density (natural logarithm) along a stain vector of unit length.
 */
export interface DensityMap {
  readonly width: number;
  readonly height: number;
  readonly stains: number;
  readonly data: Float32Array;
}
