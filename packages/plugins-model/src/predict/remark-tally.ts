import type { ReadingRemark, RemarkCount } from "@eosin/plugin-api/imaging";

const MOST_EXAMPLES = 3;

/** Counts equal remarks, in the order in which they came up. */
export class RemarkTally {
  readonly #counts = new Map<string, RemarkCount>();

  add(image: string, remarks: readonly ReadingRemark[]): void {
    for (const remark of remarks) {
      const { count = 0, examples = [] } = this.#counts.get(remark.message) ?? {};
      const named = examples.length < MOST_EXAMPLES ? [...examples, image] : examples;
      this.#counts.set(remark.message, { ...remark, count: count + 1, examples: named });
    }
  }

  list(): readonly RemarkCount[] {
    return [...this.#counts.values()];
  }
}
