import { isDeep, type PictureHeader } from "./header.js";
import type { Samples } from "./samples.js";

/** By libvips, without any profile; greys stay greys. */
export async function sharpSamples(header: PictureHeader): Promise<Samples> {
  const { default: sharp } = await import("./single-threaded-sharp.js");
  const deep = isDeep(header);
  const grey = header.colour === "grey";
  const { data, info } = await sharp(header.path, {
    ignoreIcc: true,
    limitInputPixels: false,
    page: header.pageIndices[0],
  })
    .autoOrient()
    .toColourspace(deep ? (grey ? "grey16" : "rgb16") : grey ? "b-w" : "srgb")
    .raw({ depth: deep ? "ushort" : "uchar" })
    .toBuffer({ resolveWithObject: true });
  // A plain array: arrays of its kind are made from it.
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
  const values = deep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : bytes;
  return {
    width: info.width,
    height: info.height,
    channels: info.channels,
    data: header.depth < 8 ? unscaled(values, header.depth) : values,
    alpha: header.alpha && info.channels % 2 === 0 ? "straight" : "none",
    opaque: deep ? 65535 : header.depth < 8 ? 2 ** header.depth - 1 : 255,
  };
}

/** Decoders stretch 1, 2 and 4 bits to 0…255; labels mean what the file holds. */
function unscaled(values: Uint8Array | Uint16Array, depth: number): Uint8Array {
  const step = 255 / (2 ** depth - 1);
  return Uint8Array.from(values, (value) => Math.round(value / step));
}
