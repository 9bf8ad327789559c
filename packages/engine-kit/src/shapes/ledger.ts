/** Bytes alive and their peak, and operations counted. */
export class Ledger {
  #alive = 0;
  #peak = 0;
  #flops = 0;

  get peakBytes(): number {
    return this.#peak;
  }

  get flops(): number {
    return this.#flops;
  }

  allocate(bytes: number): void {
    this.#alive += bytes;
    if (this.#alive > this.#peak) this.#peak = this.#alive;
  }

  free(bytes: number): void {
    this.#alive -= bytes;
  }

  /** @param count Multiply-adds count as two. */
  compute(count: number): void {
    this.#flops += count;
  }

  /** Forgets the past: the peak starts from what is alive. */
  reset(): void {
    this.#peak = this.#alive;
    this.#flops = 0;
  }
}
