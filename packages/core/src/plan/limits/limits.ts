import { EosinError, nearestName, type SourcePlace } from "@eosin/plugin-api";

/** What a plan may come to: more than experiments need, and less than fills a machine's memory. */
export interface Limits {
  /** Instances of all steps. */
  readonly instances: number;
  /** Values of all options and params, with what references bring. */
  readonly values: number;
  /** Of one text. */
  readonly characters: number;
  /** Of one data set. */
  readonly samples: number;
}

export const defaultLimits: Limits = { instances: 10_000, values: 1_000_000, characters: 1_000_000, samples: 200_000 };

/** References may nest lists and maps deeper than a document may; every part of a plan can walk this deep. */
export const MAX_RESOLVED_DEPTH = 200;

const largestLimit = 1_000_000_000;

/**
 * The limits that flags raise or lower: `instances=20000`, in order.
 * @throws EosinError `BAD_FLAG`
 */
export function readLimits(assignments: readonly string[] = []): Limits {
  const limits: { -readonly [name in keyof Limits]: number } = { ...defaultLimits };
  for (const assignment of assignments) {
    const [name, count, ...rest] = assignment.split("=");
    const value = /^\d+$/.test(count ?? "") && rest.length === 0 ? Number(count) : Number.NaN;
    if (!isLimit(name) || !(value >= 1 && value <= largestLimit)) throw badLimit(assignment, name);
    limits[name] = value;
  }
  return limits;
}

function isLimit(name: string): name is keyof Limits {
  return Object.hasOwn(defaultLimits, name);
}

function badLimit(assignment: string, name: string): EosinError {
  const names = Object.keys(defaultLimits);
  return new EosinError({
    code: "BAD_FLAG",
    message: "--limit is not understood.",
    place: `--limit ${assignment}`,
    expected: `name=count with one of ${names.join(", ")}, and a count from 1 to ${largestLimit}`,
    found: assignment,
    didYouMean: isLimit(name) ? undefined : nearestName(name, names),
    next: "For example --limit instances=20000",
  });
}

export interface Excess {
  readonly limit: keyof Limits;
  /** Of the plan that refuses. */
  readonly most: number;
  readonly count: number;
  /** What there is too much of, as a sentence. */
  readonly message: string;
  readonly place?: SourcePlace;
  /** How to get by with less, as the beginning of a sentence. */
  readonly otherwise: string;
}

export function limitExceeded({ limit, most, count, message, place, otherwise }: Excess): EosinError {
  const raise = count <= largestLimit ? `, or raise the limit: --limit ${limit}=${count}` : "";
  return new EosinError({
    code: "LIMIT_EXCEEDED",
    message,
    place,
    expected: `at most ${most} ${nounOf(limit, most)}`,
    found: `${countWords(count)} ${nounOf(limit, count)}`,
    next: `${otherwise}${raise}`,
  });
}

function nounOf(limit: keyof Limits, count: number): string {
  return count === 1 ? limit.slice(0, -1) : limit;
}

function countWords(count: number): string {
  if (count <= Number.MAX_SAFE_INTEGER) return String(count);
  return Number.isFinite(count) ? `about ${count.toExponential(1)}` : "more than can be counted";
}
