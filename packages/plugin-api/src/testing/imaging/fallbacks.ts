import type { Fallback } from "../../logger.js";
import { broken } from "../checklist.js";

/** What was said of items can be shown and counted. */
export function checkFallbacks(fallbacks: readonly Fallback[], ids: readonly string[]): void {
  for (const { component, item, treatment, reason } of fallbacks) {
    if (!ids.includes(item)) broken("a warning's item: the id of the sample", item);
    for (const text of [component, treatment, reason]) {
      if (text.trim() === "") broken("component, treatment and reason of a warning", "an empty text");
    }
  }
}
