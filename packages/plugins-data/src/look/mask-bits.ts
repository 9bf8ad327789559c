import type { Mask } from "@eosin/plugin-api/imaging";

/** A bit a pixel, row-major, the lowest first. */
export function packMask({ data }: Mask): Uint8Array {
  const bits = new Uint8Array(Math.ceil(data.length / 8));
  for (let i = 0; i < data.length; i++) bits[i >> 3] |= data[i] << (i & 7);
  return bits;
}

export function unpackMask(bits: Uint8Array, width: number, height: number): Mask {
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = (bits[i >> 3] >> (i & 7)) & 1;
  return { width, height, data };
}
