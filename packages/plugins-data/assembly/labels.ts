import { addToSum, EDGES, total, TUMOUR } from "./layout";

/** What is neither tumour nor normal, see the contract's `IGNORED`. */
const IGNORED: i32 = 255;

/** Adds a row of labels (0, 1, 255: ignored) at `from` to TUMOUR, and how many are ignored to their sum. */
export function addLabels(from: usize, columns: i32): void {
  const end = from + <usize>columns;
  // What follows the row is the next one: of the last group only what is the row's counts.
  const indices = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  let ignored = i32x4.splat(0);
  for (let to = TUMOUR; from < end; from += 16, to += 32) {
    const inside = i8x16.lt_u(indices, i8x16.splat(<i8>min(end - from, 16)));
    const labels = v128.and(v128.load(from), inside);
    const isIgnored = i8x16.eq(labels, i8x16.splat(<i8>IGNORED));
    const tumour = v128.andnot(labels, isIgnored);
    v128.store(to, i16x8.add(v128.load(to), i16x8.extend_low_i8x16_u(tumour)));
    v128.store(to, i16x8.add(v128.load(to, 16), i16x8.extend_high_i8x16_u(tumour)), 16);
    const ones = v128.and(isIgnored, i8x16.splat(1));
    ignored = i32x4.add(ignored, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(ones)));
  }
  addToSum(4, total(ignored));
}

/** Adds TUMOUR to `cells` cells at `to` (f64 each), by EDGES, and to its sum; empties it. */
export function foldLabels(to: usize, cells: i32): void {
  let at = TUMOUR;
  let all: u32 = 0;
  for (let cell: usize = 0; cell < <usize>cells; cell++, to += 8) {
    let sum: u32 = 0;
    for (const end = TUMOUR + 2 * <usize>load<i32>(EDGES + (cell << 2), 4); at < end; at += 2) sum += load<u16>(at);
    store<f64>(to, load<f64>(to) + <f64>sum);
    all += sum;
  }
  addToSum(5, <f64>all);
  memory.fill(TUMOUR, 0, at - TUMOUR);
}
