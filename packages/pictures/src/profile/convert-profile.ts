import { deflateSync } from "node:zlib";
import { crc32 } from "@eosin/support/crc32";

/**
 * Converts 8-bit pixels (grey or RGB, as the profile is) to sRGB. Decoders convert a file by its own profile; values that had to be
 * scaled first come here: they go through libvips as a PNG that carries the profile.
 */
export async function convertByProfile(
  data: Uint8Array,
  layout: { readonly width: number; readonly height: number; readonly channels: 1 | 3 },
  profile: Uint8Array,
): Promise<Uint8Array> {
  const { default: sharp } = await import("../single-threaded-sharp.js");
  const plain = sharp(data, { raw: layout }).toColourspace(layout.channels === 1 ? "b-w" : "srgb");
  const carrying = withProfile(await plain.png({ compressionLevel: 0 }).toBuffer(), profile);
  return sharp(carrying, { limitInputPixels: false }).toColourspace("srgb").removeAlpha().raw().toBuffer();
}

const AFTER_HEADER = 33;

/** Puts an iCCP chunk behind the header of a PNG. */
function withProfile(png: Buffer, profile: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from("iCCPprofile\0\0", "latin1"), deflateSync(profile)]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(body.length - 4);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, AFTER_HEADER), frame, body, check, png.subarray(AFTER_HEADER)]);
}
