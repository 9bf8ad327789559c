/**
 * The index that is at `i` where a row of `size` goes on as its own reflection, which does not repeat the edge:
 * d c b | a b c d | c b a (`reflectedPosition` of @eosin/support/windows).
 */
// @ts-ignore: decorator
@inline
export function reflected(i: i32, size: i32): i32 {
  if (<u32>i < <u32>size) return i;
  return turnedBack(i, size);
}

function turnedBack(i: i32, size: i32): i32 {
  if (size === 1) return 0;
  const last = size - 1;
  const once = i < 0 ? -i : 2 * last - i;
  if (<u32>once < <u32>size) return once;
  let rest = i % (2 * last);
  if (rest < 0) rest += 2 * last;
  return rest < size ? rest : 2 * last - rest;
}
