import { CODED, HUFFMAN, HUFFMAN_CODES, ZIGZAG } from "../layout";

/** Sixteen zeros, and that only zeros follow. */
const SIXTEEN_ZEROS: i32 = 0xf0;
const END_OF_BLOCK: i32 = 0;

/** Bits that are not yet written, the last one lowest. */
let waiting: u64 = 0;
let waitingBits: i32 = 0;
let out: usize = CODED;

export function beginCode(): void {
  waiting = 0;
  waitingBits = 0;
  out = CODED;
}

/** Fills the last byte with ones. @returns Bytes. */
export function endCode(): i32 {
  put(0x7f, 7);
  while (waitingBits >= 8) writeByte();
  return <i32>(out - CODED);
}

/**
 * Codes a block of i32.
 * @param colour 0 luma, 1 chroma. @param before The mean of the colour's last block.
 * @returns That of this one.
 */
export function encodeBlock(block: usize, colour: usize, before: i32): i32 {
  const sizes = HUFFMAN + 4 * HUFFMAN_CODES * colour;
  const symbols = sizes + 64;
  const mean = load<i32>(block);
  putLevel(sizes, 0, mean - before);
  let zeros = 0;
  for (let at = ZIGZAG + 4; at < ZIGZAG + 256; at += 4) {
    const level = load<i32>(block + <usize>load<i32>(at));
    if (level == 0) {
      zeros++;
      continue;
    }
    for (; zeros >= 16; zeros -= 16) putCode(symbols, SIXTEEN_ZEROS);
    putLevel(symbols, zeros << 4, level);
    zeros = 0;
  }
  if (zeros > 0) putCode(symbols, END_OF_BLOCK);
  return mean;
}

/** The code of so many zeros (in sixteenths of a symbol) and of the level's size, then the level in so many bits. */
// @ts-ignore: decorator
@inline
function putLevel(codes: usize, zeros: i32, level: i32): void {
  const sign = level >> 31;
  const size = 32 - clz<i32>((level ^ sign) - sign);
  const code = load<u32>(codes + (<usize>(zeros + size) << 2));
  // A negative level is its ones' complement.
  const bits = (level + sign) & ((1 << size) - 1);
  put((code >> 8 << size) | bits, (code & 255) + size);
}

// @ts-ignore: decorator
@inline
function putCode(codes: usize, symbol: i32): void {
  const code = load<u32>(codes + (<usize>symbol << 2));
  put(code >> 8, code & 255);
}

/** @param count 27 at most. */
// @ts-ignore: decorator
@inline
function put(bits: u32, count: i32): void {
  waiting = (waiting << count) | bits;
  waitingBits += count;
  if (waitingBits >= 32) {
    const word = <u32>(waiting >> (waitingBits - 32));
    if (hasOnes(word)) {
      for (let i = 0; i < 4; i++) writeByte();
    } else {
      store<u32>(out, bswap<u32>(word));
      out += 4;
      waitingBits -= 32;
    }
  }
}

/** Whether one of the four bytes is 255: it would be read as a marker. */
// @ts-ignore: decorator
@inline
function hasOnes(word: u32): bool {
  return ((word & 0x80808080) & ((word & 0x7f7f7f7f) + 0x01010101)) != 0;
}

function writeByte(): void {
  waitingBits -= 8;
  const byte = <u8>(waiting >> waitingBits);
  store<u8>(out++, byte);
  if (byte == 255) store<u8>(out++, 0);
}
