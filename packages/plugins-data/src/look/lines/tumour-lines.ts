import { counted } from "../../samples/dataset-output.js";
import type { Looked, SanityLine, SplitSides } from "../looked.js";
import { byDomain, type LookedSample } from "../looked-sample.js";
import { named } from "../named.js";
import { partName } from "./part-name.js";

/** Masks that are missing, empty or full where something must be learned or judged. */
export function tumourLines({ samples, splits = [] }: Looked): SanityLine[] {
  const masked = samples.filter(({ figures }) => figures.foreground !== undefined);
  return [
    ...missingMasks(samples, masked),
    ...(masked.length === 0 ? [] : allOfOneKind(masked) ? [allOfOneKind(masked)!] : [...byPlace(masked, splits)]),
  ];
}

function missingMasks(samples: readonly LookedSample[], masked: readonly LookedSample[]): SanityLine[] {
  // A mask that is there and has no meaning is a fault of its own.
  const without = samples.filter(
    ({ figures, reading }) => figures.foreground === undefined && figures.ignored === undefined && !reading?.tally,
  );
  if (without.length === 0) return [];
  const text =
    masked.length === 0
      ? `None of the ${counted(samples.length, "image")} has a mask.`
      : `${without.length} of ${counted(samples.length, "image")} ${without.length === 1 ? "has" : "have"} no mask: ${named(without.map(({ id }) => id))}.`;
  return [{ level: "note", code: "MASK_ABSENT", text }];
}

function allOfOneKind(masked: readonly LookedSample[]): SanityLine | undefined {
  const example = `e.g. that of ${masked[0].id}`;
  const all = masked.length === 1 ? "The only mask" : `All ${masked.length} masks`;
  if (masked.every(isEmpty)) {
    const verb = masked.length === 1 ? "holds" : "hold";
    return {
      level: "warning",
      code: "NO_TUMOUR",
      text: `${all} ${verb} no tumour, ${example}: is the label that you want among the values that count as tumour?`,
    };
  }
  if (masked.every(({ figures }) => figures.foreground === 1)) {
    const verb = masked.length === 1 ? "is" : "are";
    return {
      level: "warning",
      code: "ALL_TUMOUR",
      text: `${all} ${verb} tumour throughout, ${example}: does the background have a value of its own?`,
    };
  }
  return undefined;
}

function* byPlace(masked: readonly LookedSample[], splits: readonly SplitSides[]): Generator<SanityLine> {
  for (const [domain, members] of byDomain(masked)) {
    if (members.every(isEmpty)) {
      const text = `No mask of the domain ${domain} holds tumour (${counted(members.length, "mask")}: ${idsOf(members)}).`;
      yield { level: "warning", code: "NO_TUMOUR_IN_DOMAIN", text };
    }
  }
  const byId = new Map(masked.map((sample) => [sample.id, sample]));
  for (const part of ["train", "validation", "test"] as const) {
    const bare = splits.flatMap((split) => {
      const members = split[part].flatMap((id) => byId.get(id) ?? []);
      return members.length > 0 && members.every(isEmpty) ? [{ key: split.key, members }] : [];
    });
    if (bare.length === 0) continue;
    const [{ members }] = bare;
    const of = splits.length === 1 ? "" : ` of ${named(bare.map(({ key }) => key))}`;
    const text = `No mask of the ${partName[part]} part${of} holds tumour (${counted(members.length, "mask")}: ${idsOf(members)}).`;
    yield { level: "warning", code: "NO_TUMOUR_IN_PART", text };
  }
}

function idsOf(members: readonly LookedSample[]): string {
  return named(members.map(({ id }) => id));
}

function isEmpty({ figures }: LookedSample): boolean {
  return figures.foreground === 0;
}
