import { basename } from "node:path";
import type { RemarkCount } from "@eosin/plugin-api/imaging";

/** What was done to images to read them, a line each kind, doubts last: `12 images: grey spread over red, green and blue`. */
export function readingLines(remarks: readonly RemarkCount[]): string[] {
  const plain = remarks.filter(({ doubtful }) => !doubtful);
  const doubtful = remarks.filter((remark) => remark.doubtful);
  return [...plain.map(lineOf), ...doubtful.map((remark) => `warning: ${lineOf(remark)}${named(remark)}`)];
}

function lineOf({ count, message }: RemarkCount): string {
  return `${count} ${count === 1 ? "image" : "images"}: ${message}`;
}

function named({ count, examples }: RemarkCount): string {
  return ` (${examples.map((each) => basename(each)).join(", ")}${count > examples.length ? ", …" : ""})`;
}
