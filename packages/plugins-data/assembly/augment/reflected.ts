/** The index that lies at `i` where a row of `size` goes on as its own reflection, the edge's pixel twice: d c b a | a b c d. */
// @ts-ignore: decorator
@inline
export function reflected(i: i32, size: i32): i32 {
  if (<u32>i < <u32>size) return i;
  return turnedBack(i, size);
}

function turnedBack(i: i32, size: i32): i32 {
  const once = i < 0 ? -1 - i : 2 * size - 1 - i;
  if (<u32>once < <u32>size) return once;
  const period = 2 * size;
  let rest = i % period;
  if (rest < 0) rest += period;
  return rest < size ? rest : period - 1 - rest;
}
