import zlib from "node:zlib";

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/**
 * CRC-32 of ISO 3309, as PNG chunks and entries of ZIP archives have it.
 * @param before The CRC of what comes before these bytes: content may be given in pieces.
 * @returns An unsigned integer of 32 bits.
 * @example
 * crc32(Buffer.from("123456789")); // 0xcbf43926
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  // Node has it from 20.15 on only.
  return zlib.crc32 ? zlib.crc32(bytes, before) : crc32ByTable(bytes, before);
}

export function crc32ByTable(bytes: Uint8Array, before: number): number {
  let value = ~before;
  for (const byte of bytes) value = table[(value ^ byte) & 0xff] ^ (value >>> 8);
  return ~value >>> 0;
}
