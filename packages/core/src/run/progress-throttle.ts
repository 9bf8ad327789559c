import type { ProgressUpdate } from "@eosin/plugin-api";

const everyMs = 100;

/** Passes on at most ten updates a second, and always the last one of each unit. */
export class ProgressThrottle {
  readonly #emit: (update: ProgressUpdate) => void;
  readonly #held = new Map<string, ProgressUpdate>();
  readonly #last = new Map<string, number>();

  constructor(emit: (update: ProgressUpdate) => void) {
    this.#emit = emit;
  }

  update(update: ProgressUpdate): void {
    const now = performance.now();
    const due = now - (this.#last.get(update.unit) ?? -everyMs) >= everyMs || update.current === update.total;
    if (!due) {
      this.#held.set(update.unit, update);
      return;
    }
    this.#held.delete(update.unit);
    this.#last.set(update.unit, now);
    this.#emit(update);
  }

  flush(): void {
    for (const update of this.#held.values()) this.#emit(update);
    this.#held.clear();
  }
}
