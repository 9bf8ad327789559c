/** A function of a byte, as a table of 256 bytes. */
export type ByteMap = Uint8Array;

export const identityMap: ByteMap = Uint8Array.from({ length: 256 }, (_, v) => v);
