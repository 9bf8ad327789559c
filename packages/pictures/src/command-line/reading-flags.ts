import { EosinError, isEosinError } from "@eosin/plugin-api";
import { defineOptions, type OptionValues, positiveInteger } from "@eosin/plugin-api/commands";

/** Of `--range`, before its default. */
export const rangeHelp = "what images of more than 8 bits go up to, e.g. 4095";

/** How a command reads images. */
export const readingFlags = defineOptions({
  range: { value: "value", help: `${rangeHelp} (default: one that holds all)` },
  page: { value: "number", schema: positiveInteger, help: "which picture of files that hold several, from 1" },
  maxPixels: {
    value: "count",
    schema: positiveInteger,
    help: "pixels of the largest image that is opened (default: 268435456)",
  },
});

/** The values of {@link readingFlags}. */
export type ReadingFlags = OptionValues<typeof readingFlags>;

/** As options of components that read images: only what was given. @throws EosinError `BAD_FLAG` */
export function readingOptions({ range, page, maxPixels }: ReadingFlags) {
  return {
    ...(range !== undefined && { range: parseRange(range) }),
    ...(page !== undefined && { page }),
    ...(maxPixels !== undefined && { maxPixels }),
  };
}

function parseRange(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new EosinError({
    code: "BAD_FLAG",
    message: "--range is not understood.",
    place: "--range",
    expected: "a number above 0: what values of more than 8 bits go up to, e.g. 4095",
    found: text,
  });
}

/** Errors of reading images, with flags in the place of options. */
export async function inFlags<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw isEosinError(error) ? withFlags(error) : error;
  }
}

function withFlags(error: EosinError): EosinError {
  const { message, cause, next, also } = error;
  return new EosinError({ ...error, message, cause, next: next && asFlags(next), also: also?.map(withFlags) });
}

const flags: { readonly [option: string]: string } = { page: "--page", range: "--range", maxPixels: "--max-pixels" };

/** A next step that names options of data sets, for a command where they are flags. */
export function asFlags(next: string): string {
  return next
    .replace(/`(page|range|maxPixels): ([^`]+)`/g, (_, option: string, value: string) => `${flags[option]} ${value}`)
    .replace(/the option `(page|range|maxPixels)`/g, (_, option: string) => flags[option]);
}
