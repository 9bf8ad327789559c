// The tables of a baseline JPEG as ITU-T T.81 gives them (annex K), luma's first, then chroma's.

/** Steps of the quantiser at a quality of 50, left to right and top to bottom. */
export const quantizers = [
  [
    ...[16, 11, 10, 16, 24, 40, 51, 61],
    ...[12, 12, 14, 19, 26, 58, 60, 55],
    ...[14, 13, 16, 24, 40, 57, 69, 56],
    ...[14, 17, 22, 29, 51, 87, 80, 62],
    ...[18, 22, 37, 56, 68, 109, 103, 77],
    ...[24, 35, 55, 64, 81, 104, 113, 92],
    ...[49, 64, 78, 87, 103, 121, 120, 101],
    ...[72, 92, 95, 98, 112, 100, 103, 99],
  ],
  [
    ...[17, 18, 24, 47, 99, 99, 99, 99],
    ...[18, 21, 26, 66, 99, 99, 99, 99],
    ...[24, 26, 56, 99, 99, 99, 99, 99],
    ...[47, 66, 99, 99, 99, 99, 99, 99],
    ...Array<number>(32).fill(99),
  ],
] as const;

export interface HuffmanTable {
  /** How many codes have 1…16 bits. */
  readonly counts: readonly number[];
  /** What they mean, the shortest first. */
  readonly symbols: readonly number[];
}

/** Sizes of the difference between two blocks' means. */
export const meanCodes: readonly HuffmanTable[] = [
  { counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], symbols: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
  { counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], symbols: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
];

/** Zeros before a coefficient, and its size. */
export const coefficientCodes: readonly HuffmanTable[] = [
  {
    counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
    symbols: bytes(
      "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a" +
        "434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9" +
        "aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa",
    ),
  },
  {
    counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
    symbols: bytes(
      "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a3536373839" +
        "3a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7" +
        "a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa",
    ),
  },
];

/** Of a block's 64 frequencies, from low to high: place across + 8 · place down. */
export const zigzag: readonly number[] = Array.from({ length: 64 }, (_, i) => i).sort((a, b) => {
  const [diagonal, other] = [a, b].map((i) => (i >> 3) + (i & 7));
  if (diagonal !== other) return diagonal - other;
  // Up and down in turn.
  return diagonal & 1 ? (a >> 3) - (b >> 3) : (a & 7) - (b & 7);
});

function bytes(hexadecimal: string): number[] {
  return [...Buffer.from(hexadecimal, "hex")];
}
