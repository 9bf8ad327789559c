/** What distances are taken of: labels of `samples` patches one behind the other, row by row. */
export interface LabelMaps {
  readonly labels: Uint8Array;
  readonly samples: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Signed Euclidean distances of each pixel to the boundary of each class beside the background, in pixels (Kervadec et al.,
 * 2019, φ): outside, that to the nearest pixel of the class; inside, 1 − that to the nearest other pixel, so 0 at its rim and
 * below 0 within. 0 throughout where a patch holds nothing of the class, or nothing else. Exact, in time linear in the pixels
 * (Meijster et al., 2000).
 * @param classes k, the labels 1 … k.
 * @returns (samples, height, width, k)
 * @example
 * signedDistances({ labels: Uint8Array.of(0, 0, 1, 1, 1), samples: 1, height: 1, width: 5 }, 1); // 2, 1, 0, -1, -2
 */
export function signedDistances({ labels, samples, height, width }: LabelMaps, classes: number): Float32Array {
  const pixels = height * width;
  const distances = new Float32Array(samples * pixels * classes);
  const transform = new DistanceTransform(height, width);
  for (let sample = 0; sample < samples; sample++) {
    const own = labels.subarray(sample * pixels, (sample + 1) * pixels);
    for (let label = 1; label <= classes; label++) {
      const holds = own.includes(label);
      if (!holds || own.every((each) => each === label)) continue;
      const from = sample * pixels * classes + label - 1;
      const write = (inside: boolean, squared: Float64Array) => {
        for (let i = 0; i < pixels; i++) {
          if ((own[i] === label) !== inside) continue;
          const distance = Math.sqrt(squared[i]);
          distances[from + i * classes] = inside ? 1 - distance : distance;
        }
      };
      write(false, transform.squaredDistances(own, label, true));
      write(true, transform.squaredDistances(own, label, false));
    }
  }
  return distances;
}

/** Its memory is used again from map to map. */
class DistanceTransform {
  readonly #height: number;
  readonly #width: number;
  readonly #down: Int32Array;
  readonly #squared: Float64Array;
  /** Of a row: the columns whose parabolas are lowest somewhere, and where each begins to be. */
  readonly #columns: Int32Array;
  readonly #starts: Int32Array;

  constructor(height: number, width: number) {
    this.#height = height;
    this.#width = width;
    this.#down = new Int32Array(height * width);
    this.#squared = new Float64Array(height * width);
    this.#columns = new Int32Array(width);
    this.#starts = new Int32Array(width);
  }

  /** To the nearest pixel that is of the label (`of`), or is not; there is one. Overwritten by the next call. */
  squaredDistances(labels: Uint8Array, label: number, of: boolean): Float64Array {
    this.#scanColumns(labels, label, of);
    for (let y = 0; y < this.#height; y++) this.#scanRow(y * this.#width);
    return this.#squared;
  }

  /** Distances within each column; beyond all where it has none. */
  #scanColumns(labels: Uint8Array, label: number, of: boolean): void {
    const [down, width, pixels] = [this.#down, this.#width, labels.length];
    const beyond = this.#height + width;
    for (let i = 0; i < pixels; i++) {
      if ((labels[i] === label) === of) down[i] = 0;
      else down[i] = i < width ? beyond : Math.min(beyond, down[i - width] + 1);
    }
    for (let i = pixels - width - 1; i >= 0; i--) down[i] = Math.min(down[i], down[i + width] + 1);
  }

  #scanRow(row: number): void {
    const [down, width, columns, starts] = [this.#down, this.#width, this.#columns, this.#starts];
    const at = (x: number, column: number) => (x - column) ** 2 + down[row + column] ** 2;
    let last = 0;
    columns[0] = 0;
    starts[0] = 0;
    for (let u = 1; u < width; u++) {
      while (last >= 0 && at(starts[last], columns[last]) > at(starts[last], u)) last--;
      if (last < 0) {
        last = 0;
        columns[0] = u;
        continue;
      }
      const i = columns[last];
      const meets = Math.floor((u * u - i * i + down[row + u] ** 2 - down[row + i] ** 2) / (2 * (u - i)));
      if (meets + 1 >= width) continue;
      last++;
      columns[last] = u;
      starts[last] = meets + 1;
    }
    for (let x = width - 1; x >= 0; x--) {
      this.#squared[row + x] = at(x, columns[last]);
      if (x === starts[last]) last--;
    }
  }
}
