import type { PictureFile } from "../../file/open-picture.js";

const HEADER_BYTES = 12;

/** Whether the pixels are coded without loss: the first chunk of pixels is `VP8L`, not `VP8 `. */
export async function isLosslessWebp({ read, bytes }: PictureFile): Promise<boolean> {
  let at = HEADER_BYTES;
  while (at + 8 <= bytes) {
    const chunk = await read(at, 8);
    if (chunk.length < 8) return false;
    const name = chunk.toString("latin1", 0, 4);
    if (name === "VP8L") return true;
    if (name === "VP8 ") return false;
    // The first frame of an animation holds its pixels inside.
    const length = chunk.readUInt32LE(4);
    at += name === "ANMF" ? 8 + 16 : 8 + length + (length & 1);
  }
  return false;
}
