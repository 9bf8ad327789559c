import { writeFile } from "node:fs/promises";
import type { TypedPixels } from "../orientation.js";

export interface TiffPageToWrite {
  readonly width: number;
  readonly height: number;
  readonly samples?: number;
  readonly data: TypedPixels;
  /** 1 unless said for one value a pixel, 2 for more. */
  readonly photometric?: number;
  /** Further tags: number → values (LONG), or text. */
  readonly tags?: { readonly [tag: number]: readonly number[] | string };
}

const LONG = 4;
const ASCII = 2;

/** Writes an uncompressed little-endian TIFF of any sample type: what libraries here cannot write. */
export async function writeTiff(path: string, pages: readonly TiffPageToWrite[]): Promise<void> {
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])];
  let at = 8;
  let link = 4;
  const links: [number, number][] = [];
  for (const page of pages) {
    const pixels = Buffer.from(page.data.buffer, page.data.byteOffset, page.data.byteLength);
    const { directory, linkAt } = directoryOf(page, at, pixels.length);
    links.push([link, at + pixels.length]);
    link = at + pixels.length + linkAt;
    parts.push(pixels, directory);
    at += pixels.length + directory.length;
  }
  const file = Buffer.concat(parts);
  for (const [where, to] of links) file.writeUInt32LE(to, where);
  await writeFile(path, file);
}

function directoryOf(page: TiffPageToWrite, pixelsAt: number, bytes: number) {
  const { width, height, samples = 1, data, photometric = samples > 1 ? 2 : 1, tags = {} } = page;
  const bits = data.BYTES_PER_ELEMENT * 8;
  const format = data.constructor.name.startsWith("Float") ? 3 : data.constructor.name.startsWith("Int") ? 2 : 1;
  const all: { [tag: number]: readonly number[] | string } = {
    256: [width],
    257: [height],
    258: Array(samples).fill(bits),
    259: [1],
    262: [photometric],
    273: [pixelsAt],
    277: [samples],
    278: [height],
    279: [bytes],
    339: Array(samples).fill(format),
    ...tags,
  };
  const numbers = Object.keys(all)
    .map(Number)
    .sort((a, b) => a - b);
  const start = pixelsAt + bytes;
  const head = Buffer.alloc(2 + 12 * numbers.length + 4);
  head.writeUInt16LE(numbers.length, 0);
  const far: Buffer[] = [];
  let farAt = start + head.length;
  numbers.forEach((tag, i) => {
    const value = all[tag];
    const body = typeof value === "string" ? Buffer.from(`${value}\0`) : Buffer.from(Uint32Array.from(value).buffer);
    const entry = 2 + 12 * i;
    head.writeUInt16LE(tag, entry);
    head.writeUInt16LE(typeof value === "string" ? ASCII : LONG, entry + 2);
    head.writeUInt32LE(typeof value === "string" ? body.length : value.length, entry + 4);
    if (body.length <= 4) body.copy(head, entry + 8);
    else {
      head.writeUInt32LE(farAt, entry + 8);
      far.push(body);
      farAt += body.length;
    }
  });
  return { directory: Buffer.concat([head, ...far]), linkAt: head.length - 4 };
}
