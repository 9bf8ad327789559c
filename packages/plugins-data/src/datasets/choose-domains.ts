import { EosinError, nearestName } from "@eosin/plugin-api";

/**
 * The domains asked for, in the order of `present`; all of them where none is asked for.
 * @throws EosinError `UNKNOWN_DOMAIN`.
 */
export function chooseDomains(
  present: readonly string[],
  wanted: readonly string[] | undefined,
  place: string,
): string[] {
  const chosen = wanted?.map((each) => each.normalize("NFC"));
  const isPresent = (name: string) => present.some((each) => each.normalize("NFC") === name);
  const unknown = chosen?.find((each) => !isPresent(each));
  if (unknown !== undefined) {
    throw new EosinError({
      code: "UNKNOWN_DOMAIN",
      message: `There is no domain ${unknown}.`,
      place,
      expected: present.join(", "),
      found: unknown,
      didYouMean:
        present.find((each) => each.toLowerCase().startsWith(unknown.toLowerCase().slice(0, 3))) ??
        nearestName(unknown, present),
      next: "Correct the option `domains`.",
    });
  }
  return present.filter((each) => chosen === undefined || chosen.includes(each.normalize("NFC")));
}
