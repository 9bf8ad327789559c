/**
 * Lets several readers go through one source at the same pace: each item is pulled once, when all readers that have
 * not left ask for it. Nothing is kept, so that a training part need not fit into memory.
 */
export class Broadcast<Item> {
  readonly #source: AsyncIterator<Item>;
  #readers: number;
  #waiting: PromiseWithReject<Item>[] = [];
  #failure: { readonly reason: unknown } | undefined;

  /** @param readers How many will call {@link reader}; each must read to the end or {@link leave}. */
  constructor(source: AsyncIterable<Item>, readers: number) {
    this.#source = source[Symbol.asyncIterator]();
    this.#readers = readers;
  }

  reader(): AsyncIterable<Item> {
    return { [Symbol.asyncIterator]: () => ({ next: () => this.#next() }) };
  }

  /** Tells that one reader asks for no more items. */
  async leave(): Promise<void> {
    this.#readers--;
    if (this.#readers === 0) await this.#source.return?.();
    else await this.#pullWhenAllWait();
  }

  #next(): Promise<IteratorResult<Item>> {
    if (this.#failure) return Promise.reject(this.#failure.reason);
    const item = new Promise<IteratorResult<Item>>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    void this.#pullWhenAllWait();
    return item;
  }

  async #pullWhenAllWait(): Promise<void> {
    if (this.#waiting.length === 0 || this.#waiting.length < this.#readers) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      const item = await this.#source.next();
      for (const { resolve } of waiting) resolve(item);
    } catch (reason) {
      this.#failure = { reason };
      for (const { reject } of waiting) reject(reason);
    }
  }
}

interface PromiseWithReject<Item> {
  resolve(item: IteratorResult<Item>): void;
  reject(reason: unknown): void;
}
