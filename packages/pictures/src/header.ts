import type { PictureFormat } from "./formats/format.js";

/** How one value of a picture is stored. */
export type SampleType = "unsigned" | "signed" | "float";

/** What a file says of itself before it is decoded. */
export interface PictureHeader {
  readonly path: string;
  readonly format: PictureFormat;
  /** Size of the file. */
  readonly bytes: number;
  /** Pixels, upright: after the turn that `orientation` asks for. */
  readonly width: number;
  readonly height: number;
  /** Bits a value: 1…64. Of a palette, those of its colours. */
  readonly depth: number;
  readonly sampleType: SampleType;
  /** CMYK is converted. */
  readonly colour: "grey" | "rgb" | "cmyk";
  readonly alpha: boolean;
  /** Pixels are indices of colours. */
  readonly palette: boolean;
  /** EXIF, 1…8; 1: upright as stored. */
  readonly orientation: number;
  /** Pictures in the file that are not reduced copies; channels kept as pages count as one picture. */
  readonly pages: number;
  /** Which of the file's pages are read, from 0: one or, where each channel is a page (ImageJ, OME-TIFF), several. */
  readonly pageIndices: readonly number[];
  /** The bundled libvips reads it, and as the file means it. */
  readonly byLibvips: boolean;
  /** Values may differ from what was drawn (JPEG, lossy WebP, irreversible JPEG 2000). */
  readonly lossy: boolean;
  /** An ICC profile for these colours that is not sRGB; pixels are converted by it. */
  readonly profile?: Uint8Array;
  /** What the file says its values go up to, where it says so and it is not all that the depth holds. */
  readonly declaredRange?: number;
  /** What the file says beside that and is not followed, as sentences. */
  readonly notes: readonly string[];
}

/** Values of more than 8 bits: they need a range to become 8-bit ones. */
export function isDeep({ depth, sampleType }: Pick<PictureHeader, "depth" | "sampleType">): boolean {
  return depth > 8 || sampleType !== "unsigned";
}
