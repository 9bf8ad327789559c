import { hammingDistance, type PerceptualHash } from "./perceptual-hash.js";

/** Hashes are found that differ from the wanted one in this many bits, or fewer. */
export const foundWithin = 11;

/** Values of a part of a hash, 16 bits. */
const values = 1 << 16;

/**
 * Finds hashes near another without looking at all of them: a hash is kept under each of its four 16-bit parts, and
 * where at most 11 bits differ, one part differs in at most 2 (Norouzi 2012, multi-index hashing). A search looks up
 * 4 × 137 values, most of which no hash has.
 */
export class HashIndex {
  private size = 0;
  private readonly high: Uint32Array;
  private readonly low: Uint32Array;
  private readonly items: Int32Array;
  /** By part and its value, a bit: whether a hash has it. Small enough for the processor's first cache. */
  private readonly taken = new Int32Array((4 * values) / 32);
  /** By part and its value: the place last added with it, from 1 on; 0 is none. */
  private readonly heads = new Int32Array(4 * values);
  /** By place and part: the place added before, with the same value there. */
  private readonly before: Int32Array;
  /** By place: the search that saw it last. */
  private readonly seen: Int32Array;
  private search = 0;

  /** @param capacity Hashes that it has room for. */
  constructor(capacity: number) {
    this.high = new Uint32Array(capacity + 1);
    this.low = new Uint32Array(capacity + 1);
    this.items = new Int32Array(capacity + 1);
    this.before = new Int32Array(4 * (capacity + 1));
    this.seen = new Int32Array(capacity + 1);
  }

  add(hash: PerceptualHash, item: number): void {
    const place = ++this.size;
    this.high[place] = hash.high;
    this.low[place] = hash.low;
    this.items[place] = item;
    for (let part = 0; part < 4; part++) {
      const head = headOf(hash, part);
      this.before[place * 4 + part] = this.heads[head];
      this.heads[head] = place;
      this.taken[head >> 5] |= 1 << (head & 31);
    }
  }

  /** Calls `found` once for each item whose hash is within {@link foundWithin} bits. */
  forEachNear(hash: PerceptualHash, found: (item: number, distance: number) => void): void {
    this.search++;
    const { taken } = this;
    for (let part = 0; part < 4; part++) {
      const wanted = headOf(hash, part);
      for (let i = 0; i < nearParts.length; i++) {
        const head = wanted ^ nearParts[i];
        if ((taken[head >> 5] >>> (head & 31)) & 1) this.readList(head, part, hash, found);
      }
    }
  }

  private readList(
    head: number,
    part: number,
    hash: PerceptualHash,
    found: (item: number, distance: number) => void,
  ): void {
    const { heads, before, seen, high, low, items, search } = this;
    for (let place = heads[head]; place !== 0; place = before[place * 4 + part]) {
      if (seen[place] === search) continue;
      seen[place] = search;
      const distance = hammingDistance(hash.high, hash.low, high[place], low[place]);
      if (distance <= foundWithin) found(items[place], distance);
    }
  }
}

/** Differences of two parts in at most two bits. */
const nearParts = Int32Array.from([
  0,
  ...Array.from({ length: 16 }, (_, a) => Array.from({ length: a + 1 }, (_, b) => (1 << a) | (1 << b))).flat(),
]);

function headOf({ high, low }: PerceptualHash, part: number): number {
  const word = part < 2 ? high : low;
  return (part << 16) | ((word >>> ((part & 1) * 16)) & 0xffff);
}
