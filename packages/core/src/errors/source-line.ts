import { readFileSync, statSync } from "node:fs";
import type { SourcePlace } from "@eosin/plugin-api";

const largestFile = 16 * 2 ** 20;

/** The line of a file that a place is in; nothing where it cannot be shown: the file may be on another machine. */
export function sourceLine({ file, line }: SourcePlace): string | undefined {
  try {
    const stats = statSync(file);
    // Reading a pipe or a device may never end.
    if (!stats.isFile() || stats.size > largestFile) return undefined;
    return readFileSync(file, "utf8")
      .replace(/^\ufeff/, "")
      .split(/\r?\n/)[line - 1];
  } catch {
    return undefined;
  }
}
