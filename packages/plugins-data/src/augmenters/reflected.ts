/**
 * The index that is at `i` where a row of `size` goes on as its own reflection, the edge's pixel twice:
 * `d c b a | a b c d | d c b a` (SciPy's `reflect`, PyTorch's reflection between outer edges).
 */
export function reflected(i: number, size: number): number {
  const rest = i % (2 * size);
  const place = rest < 0 ? rest + 2 * size : rest;
  return place < size ? place : 2 * size - 1 - place;
}
