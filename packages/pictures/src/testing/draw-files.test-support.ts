import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { crc32 } from "@eosin/support/crc32";
import sharp from "sharp";
import { isHere } from "../../../../test/fixtures/required.js";

/** Small real files of kinds that were read wrongly once; beside the clone, not in it. */
export const cases = fileURLToPath(new URL("../../../../../shared/cases/", import.meta.url));
export const casesAreHere = isHere("golden", existsSync(cases), "../shared/cases");

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "pictures-"));
}

/** A PNG of 8-bit or, from a Uint16Array, 16-bit values. @param channels 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA */
export async function writePng(
  path: string,
  data: Uint8Array | Uint16Array,
  width: number,
  channels: 1 | 2 | 3 | 4,
): Promise<void> {
  const height = data.length / width / channels;
  const deep = data instanceof Uint16Array;
  await sharp(data, { raw: { width, height, channels } })
    .toColourspace(channels < 3 ? (deep ? "grey16" : "b-w") : deep ? "rgb16" : "srgb")
    .png()
    .toFile(path);
}

/** A JPEG whose EXIF asks for a turn. @param orientation 1…8 */
export async function writeTurnedJpeg(
  path: string,
  rgb: Uint8Array,
  width: number,
  orientation: number,
): Promise<void> {
  const height = rgb.length / width / 3;
  await sharp(rgb, { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation })
    .jpeg()
    .toFile(path);
}

/** A PNG of chunks written by hand. @param rows Packed rows of pixels, without filter bytes. */
export async function writePngChunks(
  path: string,
  header: { width: number; height: number; bits: number; type: number },
  rows: readonly Uint8Array[],
  chunks: readonly (readonly [name: string, body: Uint8Array])[] = [],
): Promise<void> {
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(header.width, 0);
  ihdr.writeUInt32BE(header.height, 4);
  ihdr[8] = header.bits;
  ihdr[9] = header.type;
  const pixels = deflateSync(Buffer.concat(rows.flatMap((row) => [Buffer.from([0]), Buffer.from(row)])));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [["IHDR", ihdr] as const, ...chunks, ["IDAT", pixels] as const, ["IEND", Buffer.alloc(0)] as const];
  await writeFile(path, Buffer.concat([signature, ...parts.map(([name, body]) => pngChunk(name, body))]));
}

function pngChunk(name: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** A BMP. @param rows Packed rows in the order of the file, without padding. */
export async function writeBmp(
  path: string,
  picture: { width: number; height: number; bits: number; palette?: readonly number[]; masks?: readonly number[] },
  rows: readonly Uint8Array[],
): Promise<void> {
  const { width, height, bits, palette = [], masks = [] } = picture;
  const header = Buffer.alloc(54 + masks.length * 4 + palette.length * 4);
  const stride = Math.ceil((width * bits) / 32) * 4;
  header.write("BM");
  header.writeUInt32LE(header.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(masks.length > 0 ? 3 : 0, 30);
  header.writeUInt32LE(palette.length, 46);
  masks.forEach((mask, i) => {
    header.writeUInt32LE(mask, 54 + 4 * i);
  });
  palette.forEach((colour, i) => {
    header.writeUInt32LE(colour, 54 + 4 * (masks.length + i));
  });
  const padded = rows.map((row) => Buffer.concat([row, Buffer.alloc(stride - row.length)]));
  await writeFile(path, Buffer.concat([header, ...padded]));
}
