import type { PassedOver } from "@eosin/plugin-api/imaging";
import { counted } from "../../samples/dataset-output.js";
import { countValues } from "../domain-summary.js";
import type { Looked, SanityLine } from "../looked.js";
import type { FileFacts, LookedSample } from "../looked-sample.js";
import { named } from "../named.js";

/** Where so many files are unused for each one in use, something is likely to be wrong. */
const manyPassedOver = 0.1;

/** What the files are, and which were not taken. */
export function fileLines({ samples, passedOver = [] }: Looked): SanityLine[] {
  return [
    ...passedOverLine(samples, passedOver),
    ...mixed(samples, "bit depths", "BIT_DEPTHS_MIXED", ({ bitDepth }) => `${bitDepth} bits a channel`),
    ...mixed(samples, "formats", "FORMATS_MIXED", ({ format }) => format),
  ];
}

function passedOverLine(samples: readonly LookedSample[], passedOver: readonly PassedOver[]): SanityLine[] {
  const count = passedOver.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return [];
  const places = passedOver.map((each) => {
    const examples = each.examples.join(", ") + (each.count > each.examples.length ? ", …" : "");
    const top = each.folder === "" || each.folder === ".";
    return `${each.count} ${top ? "at the top" : `in ${each.folder}`} (${each.reason}: ${examples})`;
  });
  const level = count >= manyPassedOver * samples.length ? "warning" : "note";
  const text = `${counted(count, "file")} passed over: ${places.join("; ")}.`;
  return [{ level, code: "FILES_PASSED_OVER", text }];
}

function mixed(
  samples: readonly LookedSample[],
  what: string,
  code: string,
  told: (file: FileFacts) => string,
): SanityLine[] {
  return (["image", "mask"] as const).flatMap((role) => {
    const files = samples.flatMap((sample) => {
      const file = sample[role];
      return file ? [{ id: sample.id, value: told(file) }] : [];
    });
    const counts = countValues(files.map(({ value }) => value));
    if (counts.length < 2) return [];
    const groups = counts.map(([value, count], i) => {
      const ids = files.filter((file) => file.value === value).map(({ id }) => id);
      // The most frequent is the rule; the others are looked for.
      return `${count} of ${value}${i === 0 ? "" : ` (${named(ids)})`}`;
    });
    const text = `${role === "image" ? "Images" : "Masks"} are of ${counts.length} ${what}: ${groups.join("; ")}.`;
    return [{ level: "note" as const, code, text }];
  });
}
