import type { Fallback, Logger } from "@eosin/plugin-api";
import type { PatchFallbacks, SplitPart } from "@eosin/plugin-api/imaging";

interface Group extends Omit<PatchFallbacks, "patches"> {
  /** Patch → reason. */
  readonly reasons: Map<string, string>;
}

/**
 * Keeps which patches of a split components could not treat as asked, for the step's artifact, and says each once. Of
 * several reasons for one patch the first stays; epochs follow each other, so that it is the same one in every run.
 */
export class FallbackRecord {
  readonly #log: Logger;
  readonly #split: string;
  readonly #groups = new Map<string, Group>();
  readonly #said = new Set<string>();

  /** @param split Its key. */
  constructor(log: Logger, split: string) {
    this.#log = log;
    this.#split = split;
  }

  /** For loaders of a part. @param of How many of its patches the step reads. */
  logger(part: SplitPart, of: number): Logger {
    return {
      info: (message) => this.#log.info(message),
      warn: (message, about) => {
        if (about) {
          this.#keep(part, of, about);
          const key = JSON.stringify([about.component, about.item]);
          if (this.#said.has(key)) return;
          this.#said.add(key);
        }
        this.#log.warn(message, about);
      },
    };
  }

  /** Adds what an earlier process kept; its reasons were first. */
  restore(saved: readonly PatchFallbacks[]): void {
    for (const { patches, ...group } of saved) {
      const { reasons } = this.#group(group);
      for (const { id, reason } of patches) reasons.set(id, reason);
    }
  }

  /** Sorted, so that the order in which threads met the patches does not show. */
  get(): readonly PatchFallbacks[] {
    const keys = [...this.#groups.keys()].sort();
    return keys.map((key) => {
      const { reasons, ...group } = this.#groups.get(key)!;
      return { ...group, patches: [...reasons.keys()].sort().map((id) => ({ id, reason: reasons.get(id)! })) };
    });
  }

  #keep(part: SplitPart, of: number, { component, item, treatment, reason }: Fallback): void {
    const { reasons } = this.#group({ component, treatment, split: this.#split, part, of });
    if (!reasons.has(item)) reasons.set(item, reason);
  }

  #group({ component, treatment, split, part, of }: Omit<Group, "reasons">): Group {
    const key = JSON.stringify([component, treatment, split, part]);
    const known = this.#groups.get(key);
    if (known) return known;
    const group = { component, treatment, split, part, of, reasons: new Map<string, string>() };
    this.#groups.set(key, group);
    return group;
  }
}
