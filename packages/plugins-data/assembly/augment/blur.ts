// A separable symmetric filter of RGB bytes, a row at a time: first over rows, then along the row that this made. Levels
// are in 64ths, weights in 32768ths; every product is rounded, so that a filter of n taps a side is off by less than
// (2n + 2)/128 of a level. What is read or written past a row's end is less than 48 bytes.

/** A weight of each of three channels, repeated: 24 × i16. */
const WEIGHT: usize = 48;

/**
 * The row under the filter's middle and those above and below it, whose addresses are at `rows`: i32, the middle first,
 * then the nearest above, the nearest below, … Weights likewise: the middle first. Writes i16.
 */
export function blurRows(rows: usize, taps: i32, weights: usize, to: usize, bytes: i32): void {
  const middle = <usize>load<i32>(rows);
  for (let at: usize = 0, end = <usize>bytes; at < end; at += 24, to += 48) {
    let a = weighted(sixtyFourths(v128.load8x8_u(middle + at)), v128.load(weights));
    let b = weighted(sixtyFourths(v128.load8x8_u(middle + at, 8)), v128.load(weights, 16));
    let c = weighted(sixtyFourths(v128.load8x8_u(middle + at, 16)), v128.load(weights, 32));
    let pair = rows + 4, weight = weights + WEIGHT;
    for (let tap = 0; tap < taps; tap++, pair += 8, weight += WEIGHT) {
      const above = <usize>load<i32>(pair) + at, below = <usize>load<i32>(pair, 4) + at;
      a = i16x8.add(a, weighted(sumOf(above, below), v128.load(weight)));
      b = i16x8.add(b, weighted(sumOf(above + 8, below + 8), v128.load(weight, 16)));
      c = i16x8.add(c, weighted(sumOf(above + 16, below + 16), v128.load(weight, 32)));
    }
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
  }
}

/** Along a row of i16 that `blurRows` made, with `taps` pixels more on either side. To the nearest byte. */
export function blurAlong(from: usize, taps: i32, weights: usize, to: usize, bytes: i32): void {
  const half = i16x8.splat(32);
  for (const end = to + <usize>bytes; to < end; to += 24, from += 48) {
    let a = weighted(v128.load(from), v128.load(weights));
    let b = weighted(v128.load(from, 16), v128.load(weights, 16));
    let c = weighted(v128.load(from, 32), v128.load(weights, 32));
    let left = from - 6, right = from + 6, weight = weights + WEIGHT;
    for (let tap = 0; tap < taps; tap++, left -= 6, right += 6, weight += WEIGHT) {
      a = i16x8.add(a, weighted(i16x8.add(v128.load(left), v128.load(right)), v128.load(weight)));
      b = i16x8.add(b, weighted(i16x8.add(v128.load(left, 16), v128.load(right, 16)), v128.load(weight, 16)));
      c = i16x8.add(c, weighted(i16x8.add(v128.load(left, 32), v128.load(right, 32)), v128.load(weight, 32)));
    }
    const first = i16x8.shr_s(i16x8.add(a, half), 6), second = i16x8.shr_s(i16x8.add(b, half), 6);
    const third = i16x8.shr_s(i16x8.add(c, half), 6);
    v128.store(to, i8x16.narrow_i16x8_u(first, second));
    v128.store64_lane(to, i8x16.narrow_i16x8_u(third, third), 0, 16);
  }
}

// @ts-ignore: decorator
@inline
function sixtyFourths(levels: v128): v128 {
  return i16x8.shl(levels, 6);
}

// @ts-ignore: decorator
@inline
function sumOf(above: usize, below: usize): v128 {
  return sixtyFourths(i16x8.add(v128.load8x8_u(above), v128.load8x8_u(below)));
}

// @ts-ignore: decorator
@inline
function weighted(levels: v128, weights: v128): v128 {
  return i16x8.q15mulr_sat_s(levels, weights);
}
