import type { LookRecord } from "../look-record.js";
import { byDomain } from "../looked-sample.js";
import type { Outlier } from "../outliers.js";

export interface ShownRecord {
  readonly record: LookRecord;
  /** Why it stands out. */
  readonly mark?: string;
}

const most = 500;

const marks = { colour: "unusual colour", blur: "blurred" } as const;

/** The pictures for a page: outliers first, then evenly from all domains, in the order of the data set. */
export function chooseShown(
  records: readonly LookRecord[],
  outliers: readonly Outlier[],
  room: number = most,
): ShownRecord[] {
  const kinds = new Map<string, Set<string>>();
  for (const { id, kind } of outliers) kinds.set(id, (kinds.get(id) ?? new Set()).add(marks[kind]));
  const byId = new Map(records.map((record) => [record.sample.id, record]));
  const first = [...kinds].flatMap(([id, of]) => {
    const record = byId.get(id);
    return record ? [{ record, mark: [...of].join(", ") }] : [];
  });
  const rest = records.filter(({ sample }) => !kinds.has(sample.id));
  return [...first.slice(0, room), ...evenly(rest, room - first.length)];
}

function evenly(records: readonly LookRecord[], room: number): ShownRecord[] {
  if (records.length <= room) return records.map((record) => ({ record }));
  const domains = [...byDomain(records.map((record) => ({ domain: record.sample.domain, record }))).values()];
  // The smallest first: what they leave is shared among the larger.
  const chosen = new Set<LookRecord>();
  let left = Math.max(0, room);
  [...domains]
    .sort((a, b) => a.length - b.length)
    .forEach((members, i) => {
      const share = Math.min(members.length, Math.floor(left / (domains.length - i)));
      for (let k = 0; k < share; k++) chosen.add(members[Math.floor((k * members.length) / share)].record);
      left -= share;
    });
  return records.filter((record) => chosen.has(record)).map((record) => ({ record }));
}
