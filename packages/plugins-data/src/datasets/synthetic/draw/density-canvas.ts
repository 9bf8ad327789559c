/** The side of a patch in the units of all drawing: about a micrometre. Its pixels are a matter of resolution. */
export const FIELD = 192;

/**
 * What is drawn on: haematoxylin and eosin densities (optical density along a stain vector of unit length) and the
 * tumour mask. Places and lengths are in field units.
 */
export class DensityCanvas {
  readonly size: number;
  readonly haematoxylin: Float32Array;
  readonly eosin: Float32Array;
  /** 1 where tumour epithelium is. */
  readonly tumour: Uint8Array;
  /** 1 where epithelium (tumour or normal), lumen, fat or vessel is: stroma cells stay out of it. */
  readonly occupied: Uint8Array;
  readonly #pixelsPerUnit: number;

  constructor(size: number) {
    this.size = size;
    this.#pixelsPerUnit = size / FIELD;
    this.haematoxylin = new Float32Array(size * size);
    this.eosin = new Float32Array(size * size);
    this.tumour = new Uint8Array(size * size);
    this.occupied = new Uint8Array(size * size);
  }

  /** Visits the pixels of a square around a place. */
  around(x: number, y: number, reach: number, visit: (pixel: number, x: number, y: number) => void): void {
    const k = this.#pixelsPerUnit;
    const last = this.size - 1;
    const left = Math.max(0, Math.floor((x - reach) * k));
    const right = Math.min(last, Math.ceil((x + reach) * k));
    const bottom = Math.min(last, Math.ceil((y + reach) * k));
    for (let row = Math.max(0, Math.floor((y - reach) * k)); row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        visit(row * this.size + column, (column + 0.5) / k, (row + 0.5) / k);
      }
    }
  }

  everywhere(visit: (pixel: number, x: number, y: number) => void): void {
    this.around(FIELD / 2, FIELD / 2, FIELD, visit);
  }

  /** Covers a pixel by `coverage` (0…1) with the densities given. */
  cover(pixel: number, coverage: number, haematoxylin: number, eosin: number): void {
    this.haematoxylin[pixel] += (haematoxylin - this.haematoxylin[pixel]) * coverage;
    this.eosin[pixel] += (eosin - this.eosin[pixel]) * coverage;
  }

  /** Whether the place is taken by epithelium, lumen, fat or a vessel; outside the patch nothing is. */
  isOccupied(x: number, y: number): boolean {
    const column = Math.floor(x * this.#pixelsPerUnit);
    const row = Math.floor(y * this.#pixelsPerUnit);
    if (column < 0 || row < 0 || column >= this.size || row >= this.size) return false;
    return this.occupied[row * this.size + column] === 1;
  }
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
