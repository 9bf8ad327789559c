/** What the boxes of a JP2 file say about its colours (ISO/IEC 15444-1, annex I); a bare codestream has none. */
export interface ColourBoxes {
  readonly profile?: Uint8Array;
  /** Enumerated: 16 sRGB, 17 grey, 18 sYCC, 12 CMYK. */
  readonly enumerated?: number;
  /** A channel definition says that one of the components is opacity. */
  readonly alpha: boolean;
}

const SUPERBOX = "jp2h";
const OPACITY = 1;

/** @param start The file's first bytes. */
export function readColourBoxes(start: Buffer): ColourBoxes {
  let found: ColourBoxes = { alpha: false };
  const walk = (from: number, to: number) => {
    for (let at = from; at + 8 <= to; ) {
      const length = start.readUInt32BE(at) || to - at;
      const name = start.toString("latin1", at + 4, at + 8);
      // Length 1: 64 bits follow; only the codestream is ever so long, and it comes last.
      if (length < 8 || name === "jp2c") return;
      const body = start.subarray(at + 8, Math.min(at + length, to));
      if (name === SUPERBOX) walk(at + 8, Math.min(at + length, to));
      if (name === "colr" && body[0] === 2) found = { ...found, profile: body.subarray(3) };
      if (name === "colr" && body[0] === 1 && body.length >= 7) found = { ...found, enumerated: body.readUInt32BE(3) };
      if (name === "cdef") found = { ...found, alpha: definesOpacity(body) };
      at += length;
    }
  };
  walk(0, start.length);
  return found;
}

function definesOpacity(body: Buffer): boolean {
  const count = body.length >= 2 ? body.readUInt16BE(0) : 0;
  for (let i = 0; i < count && 2 + 6 * i + 4 <= body.length; i++) {
    const type = body.readUInt16BE(2 + 6 * i + 2);
    if (type === OPACITY || type === 2) return true;
  }
  return false;
}
