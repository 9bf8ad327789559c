import { at, build, type NdArray } from "./nd-array.js";

export interface Sampling {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

function source(position: number, from: number, to: number, { alignCorners, halfPixelCenters }: Sampling): number {
  const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  return halfPixelCenters ? scale * (position + 0.5) : scale * position;
}

const clamp = (index: number, size: number): number => Math.max(0, Math.min(size - 1, index));

export function resizeNearest(x: NdArray, [height, width]: readonly [number, number], how: Sampling): NdArray {
  const [batch, fromHeight, fromWidth, channels] = x.shape;
  const pick = (position: number, from: number, to: number) => {
    const exact = source(position, from, to, how);
    return clamp(how.alignCorners ? Math.round(exact) : Math.floor(exact), from);
  };
  return build([batch, height, width, channels], ([b, row, column, k]) =>
    at(x, b, pick(row, fromHeight, height), pick(column, fromWidth, width), k),
  );
}

export function resizeBilinear(x: NdArray, [height, width]: readonly [number, number], how: Sampling): NdArray {
  const [batch, fromHeight, fromWidth, channels] = x.shape;
  const between = (position: number, from: number, to: number) => {
    const exact = source(position, from, to, how) - (how.halfPixelCenters ? 0.5 : 0);
    const low = Math.floor(exact);
    return { low: clamp(low, from), high: clamp(low + 1, from), fraction: exact - low };
  };
  return build([batch, height, width, channels], ([b, row, column, k]) => {
    const r = between(row, fromHeight, height);
    const c = between(column, fromWidth, width);
    const along = (line: number) =>
      at(x, b, line, c.low, k) * (1 - c.fraction) + at(x, b, line, c.high, k) * c.fraction;
    return along(r.low) * (1 - r.fraction) + along(r.high) * r.fraction;
  });
}
