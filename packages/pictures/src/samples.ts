import type { TypedPixels } from "./orientation.js";

/** The values of a picture as the file holds them, upright. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  /** With alpha, which comes last. */
  readonly channels: number;
  /** (height, width, channels) */
  readonly data: TypedPixels;
  readonly alpha: "none" | "straight" | "premultiplied";
  /** What alpha is where a pixel is opaque. */
  readonly opaque: number;
  /** 0xRRGGBB by index, where the one channel holds indices. */
  readonly palette?: readonly number[];
}
