import { EosinError } from "../eosin-error.js";
import { nearestName } from "../nearest-name.js";
import type { SampleEntry } from "./dataset.js";

/**
 * The value of one attribute of each entry.
 * @param option What names the attribute, e.g. `groupBy`.
 * @throws EosinError `ATTRIBUTE_UNKNOWN` where no entry has it, `ATTRIBUTES_MISSING` where one has not.
 * @example
 * ```ts
 * import { attributeValues, type DatasetIndex } from "@eosin/plugin-api/imaging";
 *
 * // How many patients a data set has.
 * export function patientCount({ samples }: DatasetIndex): number {
 *   return new Set(attributeValues(samples, "patient", "groupBy")).size;
 * }
 * ```
 */
export function attributeValues(entries: readonly SampleEntry[], name: string, option: string): string[] {
  const without = entries.filter((each) => valueOfEntry(each, name) === undefined);
  if (entries.length > 0 && without.length === entries.length) {
    const known = [...new Set(entries.flatMap((each) => Object.keys(each.attributes ?? {})))];
    throw new EosinError({
      code: "ATTRIBUTE_UNKNOWN",
      message: `No sample has the attribute ${name}.`,
      expected: known.length === 0 ? "samples with attributes" : known.join(", "),
      found: name,
      didYouMean: nearestName(name, option === "by" ? ["domain", "none", ...known] : known),
      next:
        known.length === 0
          ? "Give the dataset attributes: data/table has further columns, folders have the option `attributes`."
          : `Correct the option \`${option}\`.`,
    });
  }
  if (without.length > 0) {
    throw new EosinError({
      code: "ATTRIBUTES_MISSING",
      message: `${without.length} of ${entries.length} samples have no ${name}.`,
      expected: `${name} of every sample`,
      found: `none of ${without
        .slice(0, 3)
        .map((each) => each.id)
        .join(", ")}${without.length > 3 ? ", …" : ""}`,
      next: `Add it, or leave these samples out of the dataset with \`exclude\`.`,
    });
  }
  return entries.map((each) => valueOfEntry(each, name) as string);
}

function valueOfEntry({ attributes }: SampleEntry, name: string): string | undefined {
  return attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}
