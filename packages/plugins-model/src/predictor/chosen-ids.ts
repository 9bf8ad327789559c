import { EosinError } from "@eosin/plugin-api";
import type { Split, SplitPart } from "@eosin/plugin-api/imaging";
import { domainsOf } from "../splits/domains-of.js";

/**
 * The ids of a part of a split, of some domains only where given, in the split's order.
 * @throws EosinError `EMPTY_PART`, `UNKNOWN_DOMAIN`.
 */
export function chosenIds(split: Split, part: SplitPart, domains: readonly string[] | undefined): readonly string[] {
  const ids = split[part];
  const present = domainsOf(split, ids);
  const stray = domains?.find((domain) => !present.includes(domain));
  if (stray !== undefined) {
    throw new EosinError({
      code: "UNKNOWN_DOMAIN",
      message: `The ${part} part of ${split.key} has no samples of the domain ${stray}.`,
      expected: present.join(", ") || "none: the part is empty",
      found: stray,
      next: "Correct the option domains.",
    });
  }
  if (ids.length === 0) {
    throw new EosinError({
      code: "EMPTY_PART",
      message: `The split ${split.key} has no ${part} samples.`,
      next: "Choose another part, or check the options of the split.",
    });
  }
  if (!domains) return ids;
  const domainOf = new Map(split.dataset.samples.map(({ id, domain }) => [id, domain]));
  return ids.filter((id) => domains.includes(domainOf.get(id)!));
}
