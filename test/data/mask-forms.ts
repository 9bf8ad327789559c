import { writeBmp, writePng, writePngChunks } from "../../packages/pictures/src/testing/draw-files.test-support.js";
import { writeTiff } from "../../packages/pictures/src/testing/write-tiff.test-support.js";
import { writePicture } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { side } from "./draw-pair.js";

/** A way in which people's programs write a mask. */
export interface MaskForm {
  readonly ending: string;
  /** @param mask (64, 64) of 0 and 1. */
  write(path: string, mask: Uint8Array): Promise<void>;
  /** Of the data set, beside its folder. */
  readonly options?: object;
}

const times = (mask: Uint8Array, value: number) => mask.map((each) => each * value);
const spread = (mask: Uint8Array, colour: readonly number[]) =>
  Uint8Array.from(
    { length: mask.length * colour.length },
    (_, i) => mask[Math.floor(i / colour.length)] * colour[i % colour.length],
  );
const opaque = (mask: Uint8Array, level: number) =>
  Uint8Array.from({ length: mask.length * 4 }, (_, i) => (i % 4 === 3 ? 255 : mask[i >> 2] * level));
const packed = (mask: Uint8Array) =>
  Array.from({ length: side }, (_, y) =>
    Uint8Array.from({ length: side / 8 }, (_, byte) =>
      [...mask.subarray(y * side + 8 * byte, y * side + 8 * byte + 8)].reduce((bits, bit) => 2 * bits + bit, 0),
    ),
  );
const rows = (mask: Uint8Array) => Array.from({ length: side }, (_, y) => mask.slice(y * side, (y + 1) * side));

const png = (write: (mask: Uint8Array) => Uint8Array | Uint16Array, channels: 1 | 2 | 3 | 4 = 1): MaskForm => ({
  ending: ".png",
  write: (path, mask) => writePng(path, write(mask), side, channels),
});
const tiff = (data: (mask: Uint8Array) => Parameters<typeof writeTiff>[1][number]["data"]): MaskForm => ({
  ending: ".tif",
  write: (path, mask) => writeTiff(path, [{ width: side, height: side, data: data(mask) }]),
});
const palette = (colours: readonly number[]): MaskForm => ({
  ending: ".png",
  write: (path, mask) =>
    writePngChunks(path, { width: side, height: side, bits: 8, type: 3 }, rows(mask), [
      ["PLTE", Uint8Array.from(colours)],
    ]),
});
const encoded = (ending: string, level: number): MaskForm => ({
  ending,
  write: (path, mask) => writePicture(path, times(mask, level), side, side, 1),
});

/** All of them say the same, and must be read so. */
export const readableForms: { readonly [name: string]: MaskForm } = {
  "grey-255": png((mask) => times(mask, 255)),
  "grey-1": png((mask) => mask),
  "grey-128": png((mask) => times(mask, 128)),
  "rgb-1": png((mask) => spread(mask, [1, 1, 1]), 3),
  "rgba-opaque": png((mask) => opaque(mask, 255), 4),
  "alpha-black": png((mask) => spread(mask, [0, 0, 0, 255]), 4),
  "deep-1": png((mask) => Uint16Array.from(mask)),
  "deep-65535": png((mask) => Uint16Array.from(mask, (each) => each * 65535)),
  "palette-grey": palette([0, 0, 0, 255, 255, 255]),
  "palette-voc": palette([0, 0, 0, 128, 0, 0]),
  "bits-1": {
    ending: ".png",
    write: (path, mask) => writePngChunks(path, { width: side, height: side, bits: 1, type: 0 }, packed(mask)),
  },
  "bmp-palette": {
    ending: ".bmp",
    write: (path, mask) =>
      // The file begins with the lowest row.
      writeBmp(path, { width: side, height: side, bits: 8, palette: [0, 0xffffff] }, rows(mask).reverse()),
  },
  "tif-int32": tiff((mask) => Int32Array.from(mask)),
  "tif-uint32": tiff((mask) => Uint32Array.from(mask)),
  "tif-float32": tiff((mask) => Float32Array.from(mask)),
  "tif-uint16": tiff((mask) => Uint16Array.from(mask)),
  "jpeg-255": encoded(".jpg", 255),
  "jpeg-200": encoded(".JPEG", 200),
  red: { ...png((mask) => spread(mask, [255, 0, 0]), 3), options: { classes: { tumour: "#ff0000" } } },
};
