import { type LabelTally, rangeFor, settleMaskRule } from "@eosin/pictures";
import { EosinError } from "@eosin/plugin-api";
import { pictureReading, type ReadingOptions } from "../pairs/reading-options.js";
import { counted } from "../samples/dataset-output.js";
import type { LookedSample } from "./looked-sample.js";

/** How all files of a data set are read together. */
export interface SettledReading {
  /** Options that nobody gave and that the files decide; empty where they decide nothing. */
  readonly options: Pick<ReadingOptions, "range" | "maskChannel" | "maskThreshold">;
  /** Of single masks, each naming its file. */
  readonly problems: readonly EosinError[];
  /** Of all files together. */
  readonly together: readonly EosinError[];
  readonly warnings: readonly string[];
}

/** @param paths Of the images, by sample id. */
export function settleReading(
  samples: readonly LookedSample[],
  options: ReadingOptions,
  paths: (id: string) => string,
): SettledReading {
  const tallies = samples.flatMap(({ reading }) => reading?.tally ?? []);
  const masks = settleMaskRule(tallies, pictureReading(options).mask);
  const range = settleRange(samples, options, paths);
  // What lossless masks in colours come to needs no word.
  const channel = options.maskChannel === undefined && masks.rule.channel === "alpha" ? masks.rule.channel : undefined;
  const threshold = options.maskThreshold === undefined ? masks.rule.threshold : undefined;
  return {
    options: {
      ...(range.range !== undefined && { range: range.range }),
      ...(channel && { maskChannel: channel }),
      ...(threshold !== undefined && { maskThreshold: threshold }),
    },
    problems: masks.problems,
    together: [...range.together, ...masks.together],
    warnings: [...range.warnings, ...masks.warnings],
  };
}

/** The samples that are read otherwise by what was settled than they were by themselves. */
export function readOtherwise(samples: readonly LookedSample[], { options }: SettledReading): readonly LookedSample[] {
  const { range, maskChannel, maskThreshold } = options;
  return samples.filter(({ reading }) => {
    const { extremes, declaredRange, tally } = reading ?? { remarks: [] };
    if (range !== undefined && extremes && (declaredRange ?? rangeFor(extremes.largest)) !== range) return true;
    return tally !== undefined && maskRuleMatters(tally, maskChannel, maskThreshold);
  });
}

function maskRuleMatters(tally: LabelTally, channel: string | undefined, threshold: number | undefined): boolean {
  return (channel === "alpha" && tally.alpha !== undefined) || (threshold !== undefined && tally.lossy);
}

/** A picture of a slide has white in it, or nearly: what ends so far below the range was written in another one. */
const FAR_BELOW = 1 / 16;

function farBelow(
  deep: readonly { readonly id: string; readonly extremes: { readonly largest: number } }[],
  range: number,
  paths: (id: string) => string,
): EosinError[] {
  const dark = deep.filter(({ extremes }) => extremes.largest > 0 && extremes.largest <= range * FAR_BELOW);
  if (dark.length === 0) return [];
  return [
    new EosinError({
      code: "IMAGE_UNCLEAR",
      message: "Images of more than 8 bits go up to very different values.",
      place: paths(dark[0].id),
      expected: `values up to about ${range}, as other images of the data set`,
      found: `${counted(dark.length, "image")} with values up to ${dark.reduce((most, { extremes }) => Math.max(most, extremes.largest), 0)} only, which would be nearly black`,
      next: `Make a data set of each kind and join them with data/union; or say \`range: ${range}\` if they are dark on purpose.`,
    }),
  ];
}

/** One range for all images of more than 8 bits: what they all say, else the smallest usual one that holds them. */
function settleRange(
  samples: readonly LookedSample[],
  { range: given }: ReadingOptions,
  paths: (id: string) => string,
): { readonly range?: number; readonly together: readonly EosinError[]; readonly warnings: readonly string[] } {
  const deep = samples.flatMap(({ id, reading }) =>
    reading?.extremes ? [{ id, ...reading, extremes: reading.extremes }] : [],
  );
  if (deep.length === 0) return { together: [], warnings: [] };
  if (given !== undefined) {
    const beyond = deep.filter(({ extremes }) => extremes.largest > given);
    const warnings =
      beyond.length === 0
        ? []
        : [
            `${counted(beyond.length, "image")} with values above the range ${given}, which become white: e.g. ${beyond[0].id}`,
          ];
    return { together: [], warnings };
  }
  const declared = new Set(deep.map(({ declaredRange }) => declaredRange));
  const [said] = declared;
  if (declared.size === 1 && said !== undefined) return { range: said, together: [], warnings: [] };
  const largest = deep.reduce((a, b) => (b.extremes.largest > a.extremes.largest ? b : a));
  const range = rangeFor(largest.extremes.largest);
  if (range !== undefined) return { range, together: farBelow(deep, range, paths), warnings: [] };
  return {
    together: [
      new EosinError({
        code: "IMAGE_UNCLEAR",
        message: "The images hold values above every usual range.",
        place: paths(largest.id),
        expected: "values up to 1, 255, 1023, 4095, 16383 or 65535",
        found: `${largest.extremes.largest}`,
        next: `Say what white is with \`range: ${Math.ceil(largest.extremes.largest)}\`.`,
      }),
    ],
    warnings: [],
  };
}
