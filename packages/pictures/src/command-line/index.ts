// Apart from the reader: a command's definition loads no decoder.
export { asFlags, inFlags, type ReadingFlags, rangeHelp, readingFlags, readingOptions } from "./reading-flags.js";
export { readingLines } from "./reading-lines.js";
