import { createHash } from "node:crypto";
import { philox4x32 } from "./philox.js";

/** A stream of random numbers that is named by a key, not by the order in which streams are drawn. */
export interface Rng {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Standard normal, or with the mean and standard deviation given. */
  normal(mean?: number, standardDeviation?: number): number;
  /** Laplace with the location and scale given. */
  laplace(location?: number, scale?: number): number;
  /** Uniform integer in [0, count). */
  integer(count: number): number;
  /** True with probability p. */
  chance(p: number): boolean;
  /** Shuffles in place (Fisher–Yates). */
  shuffle<T>(items: T[]): T[];
  /** A stream of its own below this one: independent of what was drawn here. */
  fork(...key: readonly (string | number)[]): Rng;
}

class PhiloxRng implements Rng {
  readonly #digest: Buffer;
  readonly #key: Uint32Array;
  readonly #counter: Uint32Array;
  readonly #block = new Uint32Array(4);
  #next = 4;
  #spareNormal = Number.NaN;

  constructor(digest: Buffer) {
    this.#digest = digest;
    this.#key = new Uint32Array([digest.readUInt32LE(0), digest.readUInt32LE(4)]);
    this.#counter = new Uint32Array([0, 0, digest.readUInt32LE(8), digest.readUInt32LE(12)]);
  }

  #word(): number {
    if (this.#next === 4) {
      philox4x32(this.#counter, this.#key, this.#block);
      this.#counter[0]++;
      if (this.#counter[0] === 0) this.#counter[1]++;
      this.#next = 0;
    }
    return this.#block[this.#next++];
  }

  uniform(): number {
    const high = this.#word() >>> 5;
    const low = this.#word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  normal(mean = 0, standardDeviation = 1): number {
    if (!Number.isNaN(this.#spareNormal)) {
      const spare = this.#spareNormal;
      this.#spareNormal = Number.NaN;
      return mean + standardDeviation * spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spareNormal = radius * Math.sin(angle);
    return mean + standardDeviation * radius * Math.cos(angle);
  }

  laplace(location = 0, scale = 1): number {
    const u = this.uniform() - 0.5;
    return location - scale * Math.sign(u) * Math.log(Math.max(Number.MIN_VALUE, 1 - 2 * Math.abs(u)));
  }

  integer(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  chance(p: number): boolean {
    return this.uniform() < p;
  }

  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
    return items;
  }

  fork(...key: readonly (string | number)[]): Rng {
    return new PhiloxRng(digestOf(this.#digest, key));
  }
}

function digestOf(prefix: Buffer | undefined, key: readonly (string | number)[]): Buffer {
  const hash = createHash("sha256");
  if (prefix) hash.update(prefix);
  hash.update(JSON.stringify(key));
  return hash.digest();
}

/**
 * A stream of random numbers by its key. Equal keys give equal streams, on any thread and machine. Components get theirs from
 * the context (`context.rng`, or the `rng` of `apply`); this is for work outside of one, such as drawing a patch.
 * @param key e.g. (seed, component type, sample id, epoch).
 * @example
 * ```ts
 * import { createRng } from "@eosin/plugin-api";
 *
 * const rng = createRng(42, "my/brightness", "scanner-a/0007", 3);
 * const factor = rng.between(0.8, 1.2);
 * const noise = rng.fork("noise"); // the same, however much is drawn from rng
 * ```
 */
export function createRng(...key: readonly (string | number)[]): Rng {
  return new PhiloxRng(digestOf(undefined, key));
}
