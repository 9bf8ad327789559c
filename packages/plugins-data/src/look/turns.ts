/** How a picture was turned or mirrored; {@link turnedIndex} tells where its pixels went. */
export const turns = [
  "as it is",
  "mirrored left to right",
  "mirrored top to bottom",
  "turned by 180°",
  "mirrored along the diagonal",
  "turned by 90° clockwise",
  "turned by 90° anticlockwise",
  "mirrored along the other diagonal",
] as const;

export type Turn = (typeof turns)[number];

/** For each turn and each pixel of a square picture after it: where the pixel was before. */
export function turnedIndex(side: number): Int32Array[] {
  return turns.map((_, turn) =>
    Int32Array.from({ length: side * side }, (_, i) => {
      const y = Math.floor(i / side);
      const x = i % side;
      const right = turn & 1 ? side - 1 - x : x;
      const down = turn & 2 ? side - 1 - y : y;
      return turn & 4 ? right * side + down : down * side + right;
    }),
  );
}
