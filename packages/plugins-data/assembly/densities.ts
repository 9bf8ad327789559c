import { DENSITIES, DENSITY_OF } from "./layout";

/** Adds `share` of the densities of a row of grey at `from` to DENSITIES, by column. */
export function addDensities(from: usize, columns: i32, share: f64): void {
  const shares = f64x2.splat(share);
  const end = from + <usize>columns;
  for (let to = DENSITIES; from < end; from += 2, to += 16) {
    const first = v128.load64_zero(DENSITY_OF + ((<usize>load<u8>(from)) << 3));
    const pair = v128.load64_lane(DENSITY_OF + ((<usize>load<u8>(from, 1)) << 3), first, 1);
    v128.store(to, f64x2.add(v128.load(to), f64x2.mul(pair, shares)));
  }
}
