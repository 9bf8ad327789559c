import { EosinError, isEosinError } from "../eosin-error.js";

/** What a check tells: which promises were tested, and how fast the component was. */
export interface CheckReport {
  /** Type of the component. */
  readonly component: string;
  /** The promises that hold, in the order of their tests. */
  readonly checks: readonly string[];
  /** Patches of 256 × 256 pixels a second on one thread, where the kind treats images. */
  readonly imagesPerSecond?: number;
}

/** What a promise asked for and what came instead; becomes an error that names the promise. */
class BrokenPromise extends Error {
  constructor(
    readonly expected: string,
    readonly found: string,
    readonly next?: string,
  ) {
    super(found);
  }
}

/** Ends the running test: the component does not keep its promise. */
export function broken(expected: string, found: string, next?: string): never {
  throw new BrokenPromise(expected, found, next);
}

/** The promises of one component, tested one after the other. The first that is broken ends it. */
export class Checklist {
  readonly #kept: string[] = [];

  constructor(readonly component: string) {}

  /**
   * @param promise A sentence without its full stop.
   * @throws EosinError `CHECK_FAILED`
   */
  async check<Result>(promise: string, test: () => Result | Promise<Result>): Promise<Result> {
    try {
      const result = await test();
      this.#kept.push(promise);
      return result;
    } catch (cause) {
      throw this.#failure(promise, cause);
    }
  }

  report(imagesPerSecond?: number): CheckReport {
    const checks = [...this.#kept];
    const { component } = this;
    return imagesPerSecond === undefined ? { component, checks } : { component, checks, imagesPerSecond };
  }

  #failure(promise: string, cause: unknown): EosinError {
    const about = {
      code: "CHECK_FAILED",
      message: `${this.component} does not hold what its kind promises: ${promise}.`,
    };
    if (cause instanceof BrokenPromise) {
      const { expected, found, next } = cause;
      return new EosinError({ ...about, place: this.component, expected, found, next });
    }
    const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
    const found = isEosinError(cause) ? `${cause.code}: ${message}` : `${name}: ${message}`;
    return new EosinError({ ...about, place: this.component, expected: "no error", found, cause });
  }
}
