import path from "node:path";
import type { SourcePlace } from "./eosin-error.js";

/** `file:line:column`, relative to `cwd` where it is inside. */
export function showPlace(place: SourcePlace, cwd: string = workingFolder()): string {
  if (place.file.startsWith("--")) return place.file;
  const relative = path.relative(cwd, place.file);
  const file = relative.startsWith("..") || path.isAbsolute(relative) ? place.file : relative;
  return `${file}:${place.line}:${place.column}`;
}

/** Asking for a working folder that was deleted throws. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return path.parse(process.execPath).root;
  }
}
