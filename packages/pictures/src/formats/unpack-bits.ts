/** Values of 1, 2, 4 or 8 bits, first pixel in the highest bits, rows padded to whole bytes → one byte each. */
export function unpackBits(data: Uint8Array, width: number, height: number, bits: number): Uint8Array {
  if (bits === 8) return data;
  const stride = Math.ceil((width * bits) / 8);
  const mask = (1 << bits) - 1;
  const out = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * bits;
      out[at++] = (data[y * stride + (bit >> 3)] >> (8 - bits - (bit & 7))) & mask;
    }
  }
  return out;
}
