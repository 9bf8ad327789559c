import { type Artifact, EosinError, nearestName } from "@eosin/plugin-api";
import type { PredictedSample, Predictions } from "@eosin/plugin-api/imaging";

/** Of samples that lack an attribute which others have. */
const WITHOUT = "–";

/** @param by `domain`, or the name of an attribute. */
export function stratumOf({ domain, attributes }: PredictedSample, by: string): string {
  return by === "domain" ? domain : (attributes?.[by] ?? WITHOUT);
}

/** @throws EosinError `UNKNOWN_ATTRIBUTE` where no sample has it */
export function requireAttribute(predictions: readonly Artifact<Predictions>[], by: string): void {
  if (by === "domain") return;
  const samples = predictions.flatMap(({ value }) => value.samples);
  if (samples.some(({ attributes }) => attributes?.[by] !== undefined)) return;
  const names = ["domain", ...new Set(samples.flatMap(({ attributes = {} }) => Object.keys(attributes)))];
  throw new EosinError({
    code: "UNKNOWN_ATTRIBUTE",
    message: `No sample has the attribute ${by} that the report gives figures by.`,
    place: "by",
    expected: `one of ${names.join(", ")}`,
    found: by,
    didYouMean: nearestName(by, names),
    next: names.length === 1 ? "Give the data set attributes (a CSV by id, or named groups of a pattern)." : undefined,
  });
}
