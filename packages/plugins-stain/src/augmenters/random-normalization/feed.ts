/** A stream that is given its items one by one, and takes the next when its one reader is through with the last. */
export class Feed<Item> implements AsyncIterable<Item> {
  #item: { readonly value: Item } | undefined;
  #ended = false;
  #arrived: (() => void) | undefined;
  #taken: (() => void) | undefined;

  /** @returns When the reader asks for another item. */
  push(value: Item): Promise<void> {
    this.#item = { value };
    this.#arrived?.();
    return new Promise((resolve) => {
      this.#taken = resolve;
    });
  }

  end(): void {
    this.#ended = true;
    this.#arrived?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    while (true) {
      while (!this.#item && !this.#ended) {
        await new Promise<void>((resolve) => {
          this.#arrived = resolve;
        });
      }
      if (!this.#item) return;
      const { value } = this.#item;
      this.#item = undefined;
      yield value;
      this.#taken?.();
    }
  }
}
