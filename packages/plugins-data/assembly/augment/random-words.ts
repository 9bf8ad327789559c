/**
 * Writes `bytes` of random words, a multiple of 16: xoshiro128+ (Blackman and Vigna 2021), four streams side by side.
 * @param state 4 × u32 × 4, which whoever calls has drawn; it goes on.
 */
export function randomWords(state: usize, to: usize, bytes: i32): void {
  let a = v128.load(state), b = v128.load(state, 16), c = v128.load(state, 32), d = v128.load(state, 48);
  for (const end = to + <usize>bytes; to < end; to += 16) {
    v128.store(to, i32x4.add(a, d));
    const shifted = i32x4.shl(b, 9);
    c = v128.xor(c, a);
    d = v128.xor(d, b);
    b = v128.xor(b, c);
    a = v128.xor(a, d);
    c = v128.xor(c, shifted);
    d = v128.or(i32x4.shl(d, 11), i32x4.shr_u(d, 21));
  }
  v128.store(state, a);
  v128.store(state, b, 16);
  v128.store(state, c, 32);
  v128.store(state, d, 48);
}
