import { at, build, type NdArray } from "./nd-array.js";

/** x (n,h,w,c) doubled by nearest neighbour, then skip (n,2h,2w,k) behind its channels. */
export function doubled(x: NdArray, skip?: NdArray): NdArray {
  const [batch, height, width, channels] = x.shape;
  const all = channels + (skip ? skip.shape[3] : 0);
  return build([batch, height * 2, width * 2, all], ([n, i, j, k]) =>
    skip && k >= channels ? at(skip, n, i, j, k - channels) : at(x, n, i >> 1, j >> 1, k),
  );
}
