/** Means over samples of figures that come batch by batch. */
export class SampleMeans {
  readonly #sums = new Map<string, number>();
  #samples = 0;

  /** @param values Means over the `samples` of a batch, by name. */
  add(values: { readonly [name: string]: number }, samples: number): void {
    for (const [name, value] of Object.entries(values)) {
      this.#sums.set(name, (this.#sums.get(name) ?? 0) + value * samples);
    }
    this.#samples += samples;
  }

  get(): { readonly [name: string]: number } {
    return Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#samples]));
  }
}
