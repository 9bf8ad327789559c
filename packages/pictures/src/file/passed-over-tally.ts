import type { PassedOver } from "@eosin/plugin-api/imaging";

const MOST_EXAMPLES = 3;

/** Counts what a search for pictures does not take, by folder and reason, in the order in which they came up. */
export class PassedOverTally {
  readonly #entries = new Map<string, { reason: string; folder: string; count: number; examples: string[] }>();

  /** @param folder Relative to the folder searched (a dataset's root), with forward slashes; empty for that itself. */
  add(folder: string, reason: string, name: string, count = 1): void {
    const key = JSON.stringify([folder, reason]);
    const entry = this.#entries.get(key) ?? { reason, folder: folder || ".", count: 0, examples: [] };
    this.#entries.set(key, entry);
    entry.count += count;
    if (entry.examples.length < MOST_EXAMPLES) entry.examples.push(name);
  }

  list(): PassedOver[] {
    return [...this.#entries.values()];
  }
}

/** `4 files passed over in A/image: .txt is not a picture's ending (a.txt, b.txt, …)` */
export function describePassedOver({ reason, folder, count, examples }: PassedOver): string {
  const named = examples.join(", ") + (count > examples.length ? ", …" : "");
  return `${count} ${count === 1 ? "file" : "files"} passed over in ${folder}: ${reason} (${named})`;
}
