import type { EosinError } from "@eosin/plugin-api";
import { unclear } from "./picture-fault.js";

/** @param found e.g. `3 pages (64×64, 64×64, 64×64)` */
export function severalPictures(path: string, found: string): EosinError {
  return unclear(path, {
    expected: "one picture in the file",
    found,
    next: "Say which with `page: 1` (the first), or save that picture alone.",
  });
}

export function noSuchPage(path: string, page: number, count: number): EosinError {
  return unclear(path, {
    expected: count === 1 ? "page 1, the only one" : `page 1…${count}`,
    found: `page ${page}`,
    next: "Correct the option `page`.",
  });
}
