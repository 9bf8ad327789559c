import { duplicateLines } from "./lines/duplicate-lines.js";
import { fileLines } from "./lines/file-lines.js";
import { outlierLines } from "./lines/outlier-lines.js";
import { sizeLines } from "./lines/size-lines.js";
import { tumourLines } from "./lines/tumour-lines.js";
import type { Looked, SanityLine } from "./looked.js";

/** All that is remarkable about a data set; warnings first. */
export function sanityLines(looked: Looked): SanityLine[] {
  const lines = [
    ...tumourLines(looked),
    ...duplicateLines(looked),
    ...sizeLines(looked),
    ...fileLines(looked),
    ...outlierLines(looked.outliers ?? []),
  ];
  return [...lines.filter(({ level }) => level === "warning"), ...lines.filter(({ level }) => level === "note")];
}
