/** What the main header of a JPEG 2000 codestream says, without decoding it (ISO/IEC 15444-1, annex A). */
export interface Codestream {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly isSigned: boolean;
  readonly components: number;
  /** The wavelet is the reversible 5/3 one. */
  readonly reversible: boolean;
}

const SOC_SIZ = Buffer.from([0xff, 0x4f, 0xff, 0x51]);
const COD = 0xff52;
const SOT = 0xff90;

/** @param start The file's first bytes. @returns Nothing where they hold no whole main header. */
export function readCodestream(start: Buffer): Codestream | undefined {
  const begin = start.indexOf(SOC_SIZ);
  if (begin < 0 || start.length < begin + 46) return undefined;
  const siz = begin + 4;
  const u32 = (at: number) => start.readUInt32BE(siz + at);
  const depth = start[siz + 38];
  const size = { width: u32(4) - u32(12), height: u32(8) - u32(16) };
  let at = siz + start.readUInt16BE(siz);
  while (at + 4 <= start.length) {
    const marker = start.readUInt16BE(at);
    if (marker === SOT) return undefined;
    if (marker === COD && at + 14 <= start.length) {
      return {
        ...size,
        bitsPerSample: (depth & 0x7f) + 1,
        isSigned: depth >= 0x80,
        components: start.readUInt16BE(siz + 36),
        reversible: start[at + 13] === 1,
      };
    }
    at += 2 + start.readUInt16BE(at + 2);
  }
  return undefined;
}
