import type { Fallback, Logger } from "@eosin/plugin-api";
import type { Sample } from "@eosin/plugin-api/imaging";

/** What was said about one sample while it was prepared. */
export interface Remark {
  readonly message: string;
  readonly about: Fallback;
}

/** A sample before augmentation. Its remarks belong to it: whoever uses it hears them, from a cache too. */
export interface PreparedSample {
  readonly sample: Sample;
  readonly remarks: readonly Remark[];
}

export function sayRemarks(remarks: readonly Remark[], log: Logger): void {
  for (const { message, about } of remarks) log.warn(message, about);
}

/**
 * Passes each message on once, and of each component and item the first warning only: every thread and epoch
 * meets the same patches, perhaps with other figures in the text.
 */
export function sayOnce(log: Logger): Logger {
  const said = new Set<string>();
  const isNew = (key: string) => !said.has(key) && said.add(key) !== undefined;
  return {
    info: (message) => {
      if (isNew(message)) log.info(message);
    },
    warn: (message, about) => {
      if (isNew(about ? JSON.stringify([about.component, about.item]) : message)) log.warn(message, about);
    },
  };
}
