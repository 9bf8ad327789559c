/** Means over samples of figures that come batch by batch; each over the samples that it came with. */
export class SampleMeans {
  readonly #sums = new Map<string, number>();
  readonly #samples = new Map<string, number>();

  /** @param values Means over the `samples` of a batch, by name. */
  add(values: { readonly [name: string]: number }, samples: number): void {
    for (const [name, value] of Object.entries(values)) {
      this.#sums.set(name, (this.#sums.get(name) ?? 0) + value * samples);
      this.#samples.set(name, (this.#samples.get(name) ?? 0) + samples);
    }
  }

  get(): { readonly [name: string]: number } {
    return Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#samples.get(name)!]));
  }
}
