import type { ProgressUpdate } from "@eosin/plugin-api";

/** How fast a step goes, told from its updates: a continued step does not start at 0. */
export class Pace {
  readonly #startedAt = performance.now();
  #first: number | undefined;

  /** @returns Seconds until the step has done `total` at its pace so far; nothing where it cannot be told yet. */
  secondsLeft({ current, total }: ProgressUpdate): number | undefined {
    this.#first ??= current;
    if (total === undefined || current <= this.#first || current >= total) return undefined;
    const elapsed = (performance.now() - this.#startedAt) / 1000;
    return (elapsed / (current - this.#first)) * (total - current);
  }
}
